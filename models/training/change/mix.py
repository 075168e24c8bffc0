"""The mean of two runs' weights: those a run began with, and those it ended with.

    python mix.py --before checkpoints/change.pt --after /tmp/boardiff-cache/change.pt --output /tmp/boardiff-cache/mixed.pt

A run that goes on from good weights learns what its new pairs hold and forgets some of the rest; half way between both
it is better than either (Wortsman et al., CVPR 2022, arXiv 2109.01903). `before` may be of an earlier, narrower network.
The running statistics of the norms are mixed too: measuring them again on training pairs was worse (NOTES.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from network import ChangeNet

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from run import adopt  # noqa: E402


def read(path: Path | str) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)


def weights(checkpoint: dict, key: str) -> dict[str, torch.Tensor]:
    """Those of a checkpoint, as this network has them. `key`: net or average."""
    net = ChangeNet()
    adopt(net, checkpoint[key])
    return net.state_dict()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, default=HERE / "checkpoints/change.pt")
    parser.add_argument("--after", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="of the weights that are `after`'s")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    before, after = read(options.before), read(options.after)
    mixed = {**after}
    for key in ("net", "average"):
        old, new = weights(before, key), weights(after, key)
        mixed[key] = {k: torch.lerp(a, new[k], options.share) if a.is_floating_point() else new[k] for k, a in old.items()}
    torch.save(mixed, options.output)


if __name__ == "__main__":
    main()
