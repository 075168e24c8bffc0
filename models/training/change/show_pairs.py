"""Draw training pairs (and, given weights, what the network says) as one PNG: look before you train.

    python show_pairs.py --cache /tmp/boardiff-cache --output pairs.png
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from mix import read, weights
from network import ChangeNet
from pairs import PairMaker


def heat(values: np.ndarray, size: int) -> np.ndarray:
    """Added in red, removed in blue, not asked in grey (when values has three planes)."""
    planes = [cv2.resize(np.clip(v, 0, 1), (size, size), interpolation=cv2.INTER_NEAREST) for v in values]
    unasked = planes[2] if len(planes) > 2 else np.zeros((size, size))
    return (np.stack([np.maximum(planes[0], unasked * 0.4), unasked * 0.4, np.maximum(planes[1], unasked * 0.4)], -1) * 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "../../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--kind", choices=["real", "drawn", "oleg", "plain", "photos", "rendered"])
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--output", type=Path, default=Path("pairs.png"))
    options = parser.parse_args()
    maker = PairMaker(options.data, options.cache, 256, options.validation)
    print(maker)
    net = None
    if options.checkpoint:
        net = ChangeNet().eval()
        net.load_state_dict(weights(read(options.checkpoint), "average"))
    rng = np.random.default_rng(options.seed)
    rows, begin = [], time.process_time()
    made = [maker.pair(rng, options.kind) for _ in range(options.count)]
    print(f"{(time.process_time() - begin) / options.count * 1000:.0f} ms a pair")
    for pair in made:
        row = [pair["reference"], pair["photo"], heat([*pair["target"], 1 - pair["weight"].min(0)], 256)]
        if net:
            with torch.inference_mode():
                logits = net(*(torch.from_numpy(pair[k].transpose(2, 0, 1)[None] / np.float32(255)) for k in ("reference", "photo")))
            row.append(heat(logits.sigmoid()[0].numpy(), 256))
        rows.append(np.hstack(row))
    half = (len(rows) + 1) // 2
    rows += [np.zeros_like(rows[0])] * (2 * half - len(rows))
    sheet = np.hstack([np.vstack(rows[:half]), np.vstack(rows[half:])])
    cv2.imwrite(str(options.output), sheet[:, :, ::-1])


if __name__ == "__main__":
    main()
