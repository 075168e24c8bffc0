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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, default=HERE / "checkpoints/change.pt")
    parser.add_argument("--after", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="of the weights that are `after`'s")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    before, after = (torch.load(path, map_location="cpu", weights_only=True) for path in (options.before, options.after))
    mixed = {**after}
    for key in ("net", "average"):
        sides = []
        for state in (before, after):
            net = ChangeNet()
            adopt(net, state[key])
            sides.append(net.state_dict())
        mixed[key] = {k: torch.lerp(a, sides[1][k], options.share) if a.is_floating_point() else sides[1][k] for k, a in sides[0].items()}
    torch.save(mixed, options.output)


if __name__ == "__main__":
    main()
