"""Recall by size at a fixed number of false calls, on held-out pairs. A call is a local peak of a side's map."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

STRIDE = 4
SIZES = {"under16": (0, 16), "16to30": (16, 30), "over30": (30, 1e9)}


def peaks(logits: torch.Tensor, floor: float = -5.0) -> np.ndarray:
    """Rows (score, x, y) in pixels of one map [h, w]: cells that nothing within three cells exceeds."""
    top = F.max_pool2d(logits[None, None], 7, 1, 3)[0, 0]
    y, x = torch.nonzero((logits == top) & (logits > floor), as_tuple=True)
    return np.stack([logits[y, x].numpy(), (x.numpy() + 0.5) * STRIDE, (y.numpy() + 0.5) * STRIDE], 1)


def score_pairs(net, pairs: list[dict], rate: float = 0.1) -> dict[str, float]:
    """`rate`: false calls allowed a crop and side. Peaks on cells that were not asked about count for nothing."""
    false, found, sizes = [], [], []
    net.eval()
    for pair in pairs:
        pictures = [torch.from_numpy(pair[k].transpose(2, 0, 1)[None].astype(np.float32) / 255) for k in ("reference", "photo")]
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            logits = net(*pictures).float()[0]
        for side in (0, 1):
            rows = peaks(logits[side])
            boxes = pair["boxes"][side]
            free = np.ones(len(rows), bool)
            for x0, y0, x1, y1 in boxes:
                inside = (rows[:, 1] > x0 - 6) & (rows[:, 1] < x1 + 6) & (rows[:, 2] > y0 - 6) & (rows[:, 2] < y1 + 6)
                free &= ~inside
                found.append(rows[inside, 0].max(initial=-99))
                sizes.append(np.sqrt((x1 - x0) * (y1 - y0)))
            for score, x, y in rows[free]:
                cell = int(y // STRIDE), int(x // STRIDE)
                if pair["weight"][side][cell] > 0 and pair["target"][side][cell] == 0:
                    false.append(score)
    found, sizes = np.array(found), np.array(sizes)
    allowed = int(rate * 2 * len(pairs))
    false = np.sort(false)[::-1]
    threshold = false[allowed] if len(false) > allowed else -5.0
    out = {"threshold": round(float(threshold), 2), "plants": len(found), "recall": round(float((found > threshold).mean()), 4)}
    for name, (low, high) in SIZES.items():
        chosen = (sizes >= low) & (sizes < high)
        out[f"recall_{name}"] = round(float((found[chosen] > threshold).mean()), 4)
    return out
