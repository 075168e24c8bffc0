"""Turn boxes into the maps the loss reads, one cell every STRIDE pixels."""

from __future__ import annotations

import numpy as np

STRIDE = 4


def make_targets(boxes: np.ndarray, labels: np.ndarray, ignore: np.ndarray, size: int) -> dict[str, np.ndarray]:
    """heat: 1 at each centre falling off as a Gaussian; box: x0, y0, x1, y1; weight: sums to 1 a part; mask: where the heat loss counts.

    Large parts are written first, so that a small part on top of a large one wins its own cells.
    """
    cells = size // STRIDE
    heat = np.zeros((cells, cells), np.float32)
    mask = np.ones((cells, cells), np.float32)
    box_map = np.zeros((4, cells, cells), np.float32)
    weight = np.zeros((cells, cells), np.float32)
    label_map = np.full((cells, cells), -1, np.int64)
    sides = boxes[:, 2:] - boxes[:, :2]
    order = np.argsort(-sides.prod(1)) if len(boxes) else []
    axis = np.arange(cells, dtype=np.float32)
    for i in order:
        if ignore[i]:
            x0, y0 = np.floor(boxes[i, :2] / STRIDE).astype(int)
            x1, y1 = np.ceil(boxes[i, 2:] / STRIDE).astype(int)
            mask[y0:y1, x0:x1] = 0
    for i in order:
        if ignore[i]:
            continue
        cx, cy = (boxes[i, :2] + boxes[i, 2:]) / 2 / STRIDE - 0.5  # in cells, centre of cell 0 is 0
        ix, iy = (int(np.clip(round(float(v)), 0, cells - 1)) for v in (cx, cy))
        # An ellipse like the part; a long header keeps a peak no longer than 4 times its width.
        w, h = sides[i] / STRIDE
        short = min(w, h)
        sx, sy = (float(np.clip(min(side, 4 * short) / 7, 0.55, 9)) for side in (w, h))
        bell = np.exp(-((axis - ix) ** 2)[None, :] / (2 * sx * sx) - ((axis - iy) ** 2)[:, None] / (2 * sy * sy))
        np.maximum(heat, bell, out=heat)
        core = bell > 0.55
        core[iy, ix] = True
        box_map[:, core] = boxes[i][:, None]
        # Every part counts once, however many cells it fills: else the large ones alone decide the box head, and
        # parts under 12 px never get a box that fits (measured: recall 0.00 at IoU 0.5 after 1,600 steps).
        weight[core] = bell[core] / bell[core].sum()
        label_map[core] = labels[i]
        mask[iy, ix] = 1
    return {"heat": heat, "mask": mask, "box": box_map, "weight": weight, "label": label_map}
