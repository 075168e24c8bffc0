"""A scene: one picture with the outlines of its parts. Every data source ends up as scenes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from classes import OLEG, SAME_BOARD, YELLOWLABS, class_index


@dataclass
class Scene:
    """`outlines` are four corners a part in pixels, `labels` indices into CLASSES.

    `exact` says that the four corners are the part's own (turned) rectangle. Such a scene may be turned by any
    angle and still gets tight boxes; the others only know an axis-parallel box, so they turn by quarter turns.
    """

    name: str
    image: np.ndarray  # RGB, uint8
    outlines: np.ndarray  # float32 [N, 4, 2]
    labels: np.ndarray  # int64 [N]
    exact: bool = False


def _read_labels(path: Path, width: int, height: int, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    outlines, labels = [], []
    for line in path.read_text().splitlines():
        fields = line.split()
        if len(fields) < 5:
            continue
        values = np.array(fields[1:], np.float32)
        if len(values) == 4:
            cx, cy, w, h = values
            x0, y0, x1, y1 = cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2
        else:  # a polygon: keep its hull, the few of them are not worth a second kind of label
            points = values[: len(values) // 2 * 2].reshape(-1, 2)
            (x0, y0), (x1, y1) = points.min(0), points.max(0)
        corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
        outlines.append(np.clip(corners, 0, 1) * [width, height])
        labels.append(class_index(names[int(fields[0])]))
    return (
        np.array(outlines, np.float32).reshape(-1, 4, 2),
        np.array(labels, np.int64),
    )


def _read_folder(images: list[Path], names: list[str]) -> list[Scene]:
    scenes = []
    for path in images:
        image = cv2.imread(str(path))[:, :, ::-1]
        label_path = path.parent.parent / "labels" / (path.stem + ".txt")
        outlines, labels = _read_labels(label_path, image.shape[1], image.shape[0], names)
        scenes.append(Scene(path.stem, np.ascontiguousarray(image), outlines, labels))
    return scenes


def is_single_part(scene: Scene) -> bool:
    """A close-up with one box over most of the frame. Useless as a photo, good as a cut-out to paste."""
    if len(scene.labels) != 1:
        return False
    size = np.ptp(scene.outlines[0], axis=0)
    return size[0] * size[1] > 0.35 * scene.image.shape[0] * scene.image.shape[1]


def held_out(name: str, share: float = 0.1) -> bool:
    """Whether a source photo belongs to validation. By a hash of its stem, so the split never depends on order."""
    stem = name.split("_jpg")[0]
    return int(hashlib.sha256(stem.encode()).hexdigest()[:8], 16) / 2**32 < share


def read_yellowlabs(data: Path) -> list[Scene]:
    return _read_folder(sorted((data / "train/yellowlabs/images").glob("*.jpg")), YELLOWLABS)


def read_oleg(data: Path) -> list[Scene]:
    """One board design only, so all of it trains and none of it validates. The 2560 px scans are halved."""
    scenes = _read_folder(sorted((data / "train/oleg").glob("*/images/*.jpg")), OLEG)
    for scene in scenes:
        longest = max(scene.image.shape[:2])
        if longest > 1400:
            factor = 1400 / longest
            scene.image = cv2.resize(scene.image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            scene.outlines = scene.outlines * np.float32(factor)
    return [scene for scene in scenes if min(scene.image.shape[:2]) >= 130]


def read_same_board(data: Path) -> list[Scene]:
    """The quoted test set. Only evaluate.py may call this: never train or choose thresholds on it."""
    return _read_folder(sorted((data / "eval/same-board/images").glob("*.jpg")), SAME_BOARD)
