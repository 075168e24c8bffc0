"""The endless stream of training crops: pick a scene, cut a crop, paste some parts, change the light."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset

from augment import Rng, crop, light
from boards.packages import drawn_packages
from scenes import Scene, held_out, is_single_part, read_oleg, read_yellowlabs
from targets import make_targets

# How often each source is drawn. The real photos have what the others leave, and the shares of what was not made.
OLEG_SHARE = 0.12
DRAWN_SHARE = 0.3
RENDERED_SHARE = 0.25
# Share of crops that get parts pasted onto them, and what share of those parts is drawn rather than cut from photos.
PASTE_SHARE = 0.5
PACKAGE_SHARE = 0.4


class CutOuts:
    """Single parts to be pasted elsewhere: cut from photos (single-part close-ups, boxes of ordinary photos), and drawn ones."""

    def __init__(self, photos: list[Scene], close_ups: list[Scene], rng: Rng, packages: int = 0):
        self.patches: list[tuple[np.ndarray, int]] = []
        for scene in close_ups:
            low, high = scene.outlines[0].min(0), scene.outlines[0].max(0)
            self._add(scene, low, high, int(scene.labels[0]))
        for scene in photos:
            for i in rng.permutation(len(scene.labels))[:12]:
                low, high = scene.outlines[i].min(0), scene.outlines[i].max(0)
                if min(high - low) >= 14:
                    self._add(scene, low, high, int(scene.labels[i]))
        self.packages = drawn_packages(packages, rng)

    def pick(self, rng: Rng) -> tuple[np.ndarray, np.ndarray, int]:
        """Colours, coverage (0 to 1) and class of one part."""
        if self.packages and rng.random() < PACKAGE_SHARE:
            patch, label = self.packages[rng.integers(len(self.packages))]
            return np.ascontiguousarray(patch[:, :, :3]), patch[:, :, 3].astype(np.float32) / 255, label
        patch, label = self.patches[rng.integers(len(self.patches))]
        return patch, np.ones(patch.shape[:2], np.float32), label

    def _add(self, scene: Scene, low: np.ndarray, high: np.ndarray, label: int) -> None:
        x0, y0 = np.maximum(np.floor(low), 0).astype(int)
        x1, y1 = np.ceil(high).astype(int)
        patch = scene.image[y0:y1, x0:x1]
        longest = max(patch.shape[:2])
        if longest > 160:
            patch = cv2.resize(patch, None, fx=160 / longest, fy=160 / longest, interpolation=cv2.INTER_AREA)
        if min(patch.shape[:2]) >= 6:
            self.patches.append((patch.copy(), label))


def paste(picture, boxes, labels, ignore, cut_outs: CutOuts, rng: Rng):
    """Put one to five cut-outs on free places of the crop: turned, scaled, shadowed, edges blended.

    A part on bare laminate or across traces is exactly what an implant looks like, and no photo shows it.
    """
    size = picture.shape[0]
    out = picture.astype(np.float32)
    placed = list(boxes)
    new_boxes, new_labels = [], []
    for _ in range(int(rng.integers(1, 6))):
        patch, cover, label = cut_outs.pick(rng)
        height, width = patch.shape[:2]
        wanted = np.exp(rng.uniform(np.log(9), np.log(90)))
        scale = min(wanted / np.sqrt(height * width), 1.6)
        angle = rng.integers(4) * 90 + (rng.uniform(-45, 45) if rng.random() < 0.4 else rng.normal(0, 2))
        a = np.deg2rad(angle)
        matrix = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - [width / 2, height / 2]
        turned = corners @ matrix.T
        reach = np.abs(turned).max(0)
        if (reach * 2 > size * 0.5).any() or min(width, height) * scale < 5:
            continue
        for _attempt in range(8):
            middle = rng.uniform(reach + 1, size - reach - 1)
            box = np.concatenate([middle - reach, middle + reach])
            if all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in placed):
                break
        else:
            continue
        if scale < 0.6:
            patch, cover = (cv2.resize(p, None, fx=scale * 1.2, fy=scale * 1.2, interpolation=cv2.INTER_AREA) for p in (patch, cover))
            matrix = matrix / (scale * 1.2)
        shift = middle - matrix @ [patch.shape[1] / 2, patch.shape[0] / 2]
        warp = np.hstack([matrix, shift[:, None]]).astype(np.float32)
        layer = cv2.warpAffine(patch, warp, (size, size), borderMode=cv2.BORDER_REPLICATE)
        alpha = cv2.warpAffine(cover, warp, (size, size))
        if rng.random() < 0.6:
            away = rng.normal(0, 1, 2) * max(1.0, reach.min() * 0.25)
            dark = cv2.warpAffine(alpha, np.float32([[1, 0, away[0]], [0, 1, away[1]]]), (size, size))
            dark = cv2.GaussianBlur(dark, (0, 0), max(0.7, reach.min() * 0.12))
            out *= (1 - rng.uniform(0.2, 0.6) * dark)[:, :, None]
        soft = cv2.GaussianBlur(alpha, (0, 0), 0.6)[:, :, None] if rng.random() < 0.7 else alpha[:, :, None]
        gain = np.exp(rng.normal(0, 0.15))
        out = out * (1 - soft) + np.clip(layer * gain, 0, 255) * soft
        placed.append(box)
        new_boxes.append(box)
        new_labels.append(label)
    if not new_boxes:
        return picture, boxes, labels, ignore
    return (
        np.clip(out, 0, 255).astype(np.uint8),
        np.concatenate([boxes.reshape(-1, 4), np.array(new_boxes, np.float32)]),
        np.concatenate([labels, np.array(new_labels, np.int64)]),
        np.concatenate([ignore, np.zeros(len(new_boxes), bool)]),
    )


class Crops(IterableDataset):
    def __init__(self, data: Path, drawn: list[Scene], rendered: list[Scene], size: int, seed: int):
        self.size, self.seed, self.drawn, self.rendered = size, seed, drawn, rendered
        photos = [s for s in read_yellowlabs(data) if not held_out(s.name)]
        self.close_ups = [s for s in photos if is_single_part(s)]
        self.photos = [s for s in photos if not is_single_part(s)]
        self.oleg = read_oleg(data)
        self.cut_outs = CutOuts(self.photos + self.oleg, self.close_ups, np.random.default_rng(0), packages=1500)

    def pick(self, rng: Rng) -> Scene:
        chance = rng.random()
        if chance < OLEG_SHARE:
            pool = self.oleg
        elif self.drawn and chance < OLEG_SHARE + DRAWN_SHARE:
            pool = self.drawn
        elif self.rendered and OLEG_SHARE + DRAWN_SHARE <= chance < OLEG_SHARE + DRAWN_SHARE + RENDERED_SHARE:
            pool = self.rendered
        else:
            pool = self.photos
        return pool[rng.integers(len(pool))]

    def sample(self, rng: Rng):
        scene = self.pick(rng)
        picture, boxes, labels, ignore = crop(scene, self.size, rng)
        if rng.random() < PASTE_SHARE:
            picture, boxes, labels, ignore = paste(picture, boxes, labels, ignore, self.cut_outs, rng)
        return light(picture, rng), boxes, labels, ignore

    def __iter__(self):
        cv2.setNumThreads(0)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            picture, boxes, labels, ignore = self.sample(rng)
            target = make_targets(boxes, labels, ignore, self.size)
            item = {key: torch.from_numpy(value) for key, value in target.items()}
            item["picture"] = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))
            yield item
