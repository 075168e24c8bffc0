"""Held-out recall of checkpoints, on the same pairs for all: in the lump, by size and by kind of pair.

    python measure.py --data ../../../../shared/data --cache /tmp/boardiff-cache a.pt b.pt a.pt+b.pt

Runs in floating point. `a.pt+b.pt` is the mean of both (mix.py). A kind's own figure has a threshold of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from mix import read, weights
from network import ChangeNet
from pairs import PairMaker
from score import score_pairs

HERE = Path(__file__).resolve().parent
KINDS = ("photos", "drawn", "plain", "real", "rendered")


def load(names: str) -> ChangeNet:
    """The averaged weights of a checkpoint, or the mean of several."""
    states = [weights(read(name), "average") for name in names.split("+")]
    mean = {k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()}
    net = ChangeNet()
    net.load_state_dict(mean)
    return net.eval().to(memory_format=torch.channels_last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", nargs="+")
    parser.add_argument("--data", type=Path, default=HERE / "../../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--pairs", type=int, default=110, help="of each kind")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    judge = PairMaker(options.data, options.cache, 320, validation=True)
    rng = np.random.default_rng(options.seed)
    pairs = {kind: [judge.pair(rng, kind) for _ in range(options.pairs)] for kind in KINDS}
    for name in options.checkpoints:
        net = load(name)
        whole = score_pairs(net, sum(pairs.values(), []))
        kinds = " ".join(f"{kind} {100 * score_pairs(net, own)['recall']:.0f}" for kind, own in pairs.items())
        sizes = " ".join(f"{key[7:]} {100 * value:.1f}" for key, value in whole.items() if key.startswith("recall_"))
        print(f"{name}: {100 * whole['recall']:.1f} % of {whole['plants']}; {sizes}; each by itself {kinds}", flush=True)


if __name__ == "__main__":
    main()
