"""Drawn boards on disk: one JPEG and one JSON a scene, outside the project."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from scenes import Scene


def store(scene: Scene, cache: Path) -> None:
    folder = cache / "drawn"
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / f"{scene.name}.jpg"), scene.image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 96])
    record = {"outlines": np.round(scene.outlines, 2).tolist(), "labels": scene.labels.tolist()}
    (folder / f"{scene.name}.json").write_text(json.dumps(record))


def load_drawn(cache: Path) -> list[Scene]:
    scenes = []
    for path in sorted((cache / "drawn").glob("*.json")):
        record = json.loads(path.read_text())
        if not record["labels"]:
            continue
        image = np.ascontiguousarray(cv2.imread(str(path.with_suffix(".jpg")))[:, :, ::-1])
        outlines = np.array(record["outlines"], np.float32).reshape(-1, 4, 2)
        scenes.append(Scene(path.stem, image, outlines, np.array(record["labels"], np.int64), exact=True))
    return scenes
