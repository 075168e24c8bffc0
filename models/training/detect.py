"""Run a detector over a whole photo the way the TypeScript side does: tiles at each scale, then one merge."""

from __future__ import annotations

from typing import Callable

import cv2
import numpy as np

from metrics import suppress

Run = Callable[[np.ndarray], np.ndarray]  # [1, 3, H, W] -> [1, N, 21]


def starts(length: int, tile: int, overlap: int) -> list[int]:
    if length <= tile:
        return [0]
    steps = int(np.ceil((length - overlap) / (tile - overlap)))
    return [round(i * (length - tile) / (steps - 1)) for i in range(steps)]


def detect(run: Run, image: np.ndarray, contract: dict, floor: float) -> dict[str, np.ndarray]:
    """All detections at or above `floor`, in pixels of `image`, best first."""
    spec = contract["input"]
    tile, overlap, multiple = spec["tile"], spec["overlap"], spec["multipleOf"]
    rows = []
    for scale in spec["scales"]:
        if scale < 1 and max(image.shape[:2]) <= tile:
            continue  # the tile at full size already shows the whole photo
        scaled = image if scale == 1 else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = scaled.shape[:2]
        for y in starts(height, tile, overlap):
            for x in starts(width, tile, overlap):
                part = scaled[y : y + tile, x : x + tile]
                h, w = part.shape[:2]
                padded = np.zeros((-(-h // multiple) * multiple, -(-w // multiple) * multiple, 3), np.uint8)
                padded[:h, :w] = part
                found = run(padded.transpose(2, 0, 1)[None].astype(np.float32) / 255)[0]
                found = found[found[:, 4] >= floor].copy()
                centre_in = (found[:, 0] < w) & (found[:, 1] < h)
                # A part cut by the tile's edge is boxed whole by the neighbouring tile: drop the half one.
                x0, y0 = found[:, 0] - found[:, 2] / 2, found[:, 1] - found[:, 3] / 2
                x1, y1 = x0 + found[:, 2], y0 + found[:, 3]
                cut = ((x0 < 3) & (x > 0)) | ((y0 < 3) & (y > 0)) | ((x1 > w - 3) & (x + w < width)) | ((y1 > h - 3) & (y + h < height))
                small = np.maximum(found[:, 2], found[:, 3]) < overlap
                found = found[centre_in & ~(cut & small)]
                found[:, :2] += [x, y]
                found[:, :4] /= scale
                rows.append(found)
    rows = np.concatenate(rows)
    boxes = np.concatenate([rows[:, :2] - rows[:, 2:4] / 2, rows[:, :2] + rows[:, 2:4] / 2], 1)
    boxes = np.clip(boxes, 0, [image.shape[1], image.shape[0]] * 2)
    keep = suppress(boxes, rows[:, 4], contract["thresholds"]["nmsIou"])
    return {"boxes": boxes[keep], "scores": rows[keep, 4], "kinds": rows[keep, 5:].argmax(1)}
