"""Find out once which real shots show the same board, and how they lie on each other.

    python pair_index.py --data ../../../../shared/data --cache /tmp/boardiff-cache

Writes <cache>/real_pairs.json: file names, the homography from the second shot's pixels to the first one's, and the
hull of the matched points in the first shot. Only inside the hull do we know that both shots show the same thing:
outside lie tables, cables and the black corners of turned frames, and no loss is taken there.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import cv2
import numpy as np

MOST_PIXELS = 1400


def read(path: Path) -> np.ndarray:
    """RGB, at most MOST_PIXELS on the longer side."""
    image = cv2.imread(str(path))[:, :, ::-1]
    factor = MOST_PIXELS / max(image.shape[:2])
    if factor < 1:
        image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(image)


def describe(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    grey = cv2.createCLAHE(3, (8, 8)).apply(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    points, descriptors = cv2.SIFT_create(2500, contrastThreshold=0.02).detectAndCompute(grey, None)
    descriptors = np.sqrt(descriptors / (descriptors.sum(1, keepdims=True) + 1e-6))
    return np.float32([p.pt for p in points]), descriptors


def register(a, b, reach: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Homography from b to a and the inliers in a, by Lowe's ratio test and MAGSAC."""
    likeness = a[1] @ b[1].T
    order = np.argsort(-likeness, 1)[:, :2] if likeness.shape[1] < 3 else np.argpartition(-likeness, 1, 1)[:, :2]
    value = np.take_along_axis(likeness, order, 1)
    first = value.argmax(1)
    rows = np.arange(len(order))
    gap = np.sqrt(np.maximum(2 - 2 * value, 1e-9))
    good = np.flatnonzero(gap[rows, first] < 0.85 * gap[rows, 1 - first])
    if len(good) < 20:
        return None
    target, source = a[0][good], b[0][order[good, first[good]]]
    matrix, inside = cv2.findHomography(source, target, cv2.USAC_MAGSAC, reach, maxIters=4000)
    if matrix is None or inside.sum() < 20:
        return None
    return matrix, target[inside[:, 0] > 0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "../../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    options = parser.parse_args()
    train = options.data / "train"
    found = []

    def add(name: str, paths: list[Path], pairs, least: int, reach: float) -> None:
        features = [describe(read(p)) for p in paths]
        before = len(found)
        for i, j in pairs:
            result = register(features[i], features[j], reach)
            if result is None or len(result[1]) < least:
                continue
            matrix, inliers = result
            hull = cv2.convexHull(inliers)[:, 0]
            height, width = read(paths[i]).shape[:2]
            if cv2.contourArea(hull) < 0.1 * height * width:
                continue
            found.append({"set": name, "a": str(paths[i].relative_to(train)), "b": str(paths[j].relative_to(train)),
                          "inliers": len(inliers), "matrix": matrix.tolist(), "hull": hull.tolist()})
        print(f"{name}: {len(found) - before} pairs", flush=True)

    frames = [p for p in sorted((train / "rgoomer/images").glob("VID*.jpg"))]
    rng = np.random.default_rng(0)
    near = [(i, j) for i, j in itertools.combinations(range(len(frames)), 2) if frames[i].name[:18] == frames[j].name[:18] or rng.random() < 0.08]
    add("rgoomer", frames, near, 40, 3.0)
    panels = sorted((train / "oleg").glob("*/images/*.jpg"))
    add("oleg", panels, list(itertools.combinations(range(len(panels)), 2)), 100, 3.0)
    cards = sorted((train / "open-aoi/open_aoi_ros/assets/emulation").glob("*.jpg"))
    add("open-aoi", cards, list(itertools.combinations(range(len(cards)), 2)), 300, 3.0)
    options.cache.mkdir(parents=True, exist_ok=True)
    (options.cache / "real_pairs.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
