"""Renders pairs-to-be: many boards, variants, viewpoints. Stopped and started again it goes on.

    python render.py --data ../../../../shared/data --cache /tmp/boardiff-cache

Writes <cache>/rendered/<group>-v<i>-<view>.jpg and .json. Needs KiCad 9 with its 3D models; KICAD_PYTHON names the
python that can import pcbnew (default /usr/bin/python3).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))

from boards3d.camera import LEAST_SCALE, MOST_SCALE, SEEN, Viewpoint  # noqa: E402
from draw_scenes import HELD_OUT  # noqa: E402

# Those of KiCad's demonstration boards that look like boards with parts.
DEMOS = (
    "RoyalBlue54L-Feather", "StickHub", "carte_test", "complex_hierarchy", "flat_hierarchy", "interf_u", "kit-dev-coldfire-xilinx_5213",
    "multichannel_mixer", "pic_programmer", "tinytapeout-demo", "video",
)
KICAD_PYTHON = os.environ.get("KICAD_PYTHON", "/usr/bin/python3")
DENSE = 250  # footprints: such boards get more
LIMIT = 300  # seconds a render may take


def plan(path: Path) -> list[tuple[int, int, int]]:
    """(group, variants, views) of a board. From group 2 on parts are turned and shifted too."""
    if any(word in path.stem for word in HELD_OUT):
        return [(0, 3, 3)]
    if path.stem in DEMOS:
        return [(2, 3, 4), (3, 3, 4)]
    text = path.read_text(errors="replace")
    dense = text.count("(module ") + text.count("(footprint ") > DENSE
    return [(0, 3, 5), (1, 3, 5 if dense else 4), (2, 3, 4), (3, 3, 4)]


def viewpoint(scene: dict, rng: np.random.Generator) -> Viewpoint:
    region = np.array(scene["region"])
    extent = np.ptp(region, axis=0)
    fill = min(np.array(SEEN) / (extent[::-1] if scene["portrait"] else extent))
    scale = float(np.clip(fill * scene["closer"], LEAST_SCALE, MOST_SCALE))
    at = region.mean(0) + np.array(scene["towards"]) * extent + rng.uniform(-0.04, 0.04, 2) * extent
    rotate = (*rng.uniform(-14, 14, 2), rng.normal(0, 4) + 90 * scene["portrait"])
    return Viewpoint(at, scale * np.exp(rng.normal(0, 0.04)), rotate, np.array(scene["low"]), np.array(scene["extent"]))


def lights(rng: np.random.Generator) -> list[str]:
    tone = lambda low, high: ",".join(f"{v:.3f}" for v in np.clip(rng.uniform(low, high) * np.exp(rng.normal(0, 0.06, 3)), 0, 1))  # noqa: E731
    return [
        "--light-top", tone(0.15, 0.5), "--light-side", tone(0.1, 0.45), "--light-camera", tone(0.05, 0.35), "--light-bottom", "0",
        "--light-side-elevation", str(int(rng.uniform(25, 80))),
    ]


def table(shape, rng: np.random.Generator) -> np.ndarray:
    """Something to lie on."""
    height, width = shape[:2]
    base = rng.uniform(15, 170) * np.exp(rng.normal(0, 0.07, 3) + rng.normal(0, 0.1) * np.array([-1, 0, 1]))
    rough = sum(
        cv2.resize(rng.normal(0, a, (height // c + 2, width // c + 2)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        for a, c in ((rng.uniform(1, 6), 2), (rng.uniform(1, 9), 9), (rng.uniform(2, 14), 160))
    )
    return np.clip(base + rough[:, :, None], 0, 255)


def render(board: Path, view: Viewpoint, out: Path, rng: np.random.Generator) -> np.ndarray:
    command = ["kicad-cli", "pcb", "render", *view.arguments(), *lights(rng), "--background", "transparent", "-o", str(out), str(board)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT)
    image = cv2.imread(str(out), cv2.IMREAD_UNCHANGED)
    out.unlink()
    cover = image[:, :, 3:].astype(np.float32) / 255
    return np.clip(image[:, :, :3] * cover + table(image.shape, rng) * (1 - cover), 0, 255).astype(np.uint8)


def make_group(source: Path, group: int, variants: int, views: int, folder: Path, work: Path) -> None:
    name = source.stem.replace(".", "_") + f"-g{group}"  # the rest of a name after a dot would pass for a suffix
    names = [(v, i, folder / f"{name}-v{v}-{i}") for i in range(views) for v in range(variants)]
    todo = [n for n in names if not n[2].with_suffix(".json").exists()]
    if not todo:
        return
    described = work / f"{name}.json"
    if not described.exists():
        command = [KICAD_PYTHON, str(HERE.parent / "layout.py"), str(source), str(work), "--library", str(folder), "--group", str(group), "--variants", str(variants)]
        subprocess.run(command, check=True, timeout=4 * LIMIT, stdout=subprocess.DEVNULL)
    scene = json.loads(described.read_text())
    rng = np.random.default_rng([sum(map(ord, source.stem)), group, 1])
    scene["closer"], scene["towards"] = rng.uniform(0.95, 1.5), rng.uniform(-0.1, 0.1, 2).tolist()
    for variant, index, path in todo:
        rng = np.random.default_rng([sum(map(ord, source.stem)), group, variant, index, 2])
        view = viewpoint(scene, rng)
        image = render(work / f"{name}-v{variant}.kicad_pcb", view, path.with_suffix(".tmp.png"), rng)
        camera = view.matrix(image.shape[1], image.shape[0])
        keep = ("ref", "class", "outline", "height", "look", "mark")
        record = {
            "board": source.stem, "group": name, "variant": variant, "mask": scene["mask"], "matrix": camera[:, [0, 1, 3]].tolist(),
            "camera": camera.tolist(), "outline": scene["outline"], "parts": [{k: p[k] for k in keep} for p in scene["variants"][variant]],
        }
        cv2.imwrite(str(path.with_suffix(".jpg")), image, [cv2.IMWRITE_JPEG_QUALITY, 95])
        path.with_suffix(".json").write_text(json.dumps(record))
        print(path.name, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parent / "../../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--demos", type=Path, default=Path("/usr/share/kicad/demos"), help="KiCad's own demonstration boards")
    parser.add_argument("--only", default="", help="part of a board's name")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    folder = (options.cache / "rendered").resolve()
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    paths = [*sorted((options.data / "boards").glob("*.kicad_pcb")), *(p for name in DEMOS for p in sorted(options.demos.rglob(f"{name}.kicad_pcb")))]
    paths = [p for p in paths if options.only in p.stem]
    for number in range(4):
        for path in paths:
            for group, variants, views in plan(path):
                if group != number:
                    continue
                try:
                    make_group(path, group, variants, views, folder, work)
                except Exception as error:  # one odd board must not cost the run
                    print(f"{path.stem} {group}: {error!r}", flush=True)


if __name__ == "__main__":
    main()
