"""Renders of whole boards (boards3d/render.py) read back: pictures with the camera and every part's place and height."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from classes import CLASSES, UNKNOWN
from draw_scenes import HELD_OUT
from scenes import Scene

LEAST_PX = 5.0  # smaller parts (square root of the area) are in no scene


@dataclass
class Render:
    """`camera`: 3 x 4, (x, y, height, 1) in board millimetres to pixels. Two of one `group` may be compared."""

    name: str
    group: str
    variant: int
    image: np.ndarray  # RGB
    camera: np.ndarray
    outline: np.ndarray  # the board's, mm
    refs: list[str]
    looks: list[str]
    labels: np.ndarray
    bodies: np.ndarray  # [N, 8, 3]: corners of each part's box in mm, the foot first

    @property
    def plane(self) -> np.ndarray:
        """Homography from board millimetres to pixels."""
        return self.camera[:, [0, 1, 3]]


def project_solid(camera: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points [..., 3] in millimetres to [..., 2] pixels."""
    out = points @ camera[:, :3].T + camera[:, 3]
    return out[..., :2] / out[..., 2:]


def load_renders(cache: Path, validation: bool) -> list[Render]:
    """Empty when nothing was rendered. Boards of HELD_OUT are for validation only, the others for training only."""
    out = []
    for path in sorted((cache / "rendered").glob("*-g*-v*.json")):
        record = json.loads(path.read_text())
        if any(word in record["board"] for word in HELD_OUT) != validation:
            continue
        image = cv2.imread(str(path.with_suffix(".jpg")))
        parts = [p for p in record["parts"] if p["height"] > 0.05]
        if image is None or not parts:
            continue
        feet = np.array([p["outline"] for p in parts], np.float64)
        tall = np.array([p["height"] for p in parts])[:, None, None] * np.ones((1, 4, 1))
        bodies = np.concatenate([np.concatenate([feet, 0 * tall], 2), np.concatenate([feet, tall], 2)], 1)
        labels = np.array([CLASSES.index(p["class"]) if p["class"] in CLASSES else UNKNOWN for p in parts])
        out.append(Render(
            path.stem, record["group"], record["variant"], np.ascontiguousarray(image[:, :, ::-1]), np.array(record["camera"]),
            np.array(record["outline"]), [p["ref"] for p in parts], [p["look"] for p in parts], labels, bodies,
        ))
    return out


def fill(mask: np.ndarray, polygon: np.ndarray, value: float) -> None:
    cv2.fillPoly(mask, [np.round(np.clip(polygon, -4000, 4000) * 16).astype(np.int32)], value, cv2.LINE_8, 4)


def hull(corners: np.ndarray) -> np.ndarray:
    """What a box covers in the picture."""
    return cv2.convexHull(corners.astype(np.float32))[:, 0]


def in_front(shape, hulls: list[np.ndarray], heights: np.ndarray) -> np.ndarray:
    """Index + 1 of the part seen at each pixel, 0 where there is none: the taller one hides the lower one."""
    seen = np.zeros(shape, np.float32)
    for i in np.argsort(heights):
        fill(seen, hulls[i], float(i + 1))
    return seen.astype(np.int32)


def read_render_scenes(cache: Path, validation: bool) -> list[Scene]:
    """For the part detector: boxes around what is seen of each part, sides and all. Mostly hidden parts are left out."""
    scenes = []
    for render in load_renders(cache, validation):
        height, width = render.image.shape[:2]
        corners = project_solid(render.camera, render.bodies)
        hulls = [hull(c) for c in corners]
        half = [h / 2 for h in hulls]
        seen = in_front((height // 2, width // 2), half, render.bodies[:, 4, 2])
        count = np.bincount(seen.ravel(), minlength=len(hulls) + 1)[1:]
        outlines, labels = [], []
        for i, outline in enumerate(hulls):
            area = cv2.contourArea(outline)
            inside = ((outline > 0) & (outline < [width, height])).all(1).mean()
            if area >= LEAST_PX**2 and inside > 0 and (inside < 1 or count[i] * 4 > 0.45 * area):
                outlines.append(cv2.boxPoints(cv2.minAreaRect(outline)))
                labels.append(render.labels[i])
        if labels:
            scenes.append(Scene(render.name, render.image, np.array(outlines, np.float32), np.array(labels, np.int64), exact=True))
    return scenes
