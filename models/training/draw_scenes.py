"""Draw board scenes into the cache. Held-out designs are named so and never trained on.

    python draw_scenes.py --data ../../../shared/data --cache /tmp/boardiff-cache --count 480
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from boards.draw import draw_scene
from boards.kicad import read_board
from cache import store

# Whole designs: no view of them is trained on.
HELD_OUT = ("bitaxeUltra", "kria-k26-devboard")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--count", type=int, default=480)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    paths = sorted((options.data / "boards").glob("*.kicad_pcb"))
    for index, path in enumerate(paths):
        board = read_board(path)
        held = any(word in path.stem for word in HELD_OUT)
        wanted = 8 if held else options.count // (len(paths) - len(HELD_OUT))
        rng = np.random.default_rng([options.seed, index])
        for number in range(wanted):
            name = f"{'held-out' if held else 'train'}-{path.stem}-{number:03d}"
            try:
                store(draw_scene(board, name, rng), options.cache)
            except Exception as error:  # one odd footprint must not cost the run
                print(f"{name}: {error!r}")
        print(f"{path.stem}: {len(board.footprints)} footprints, {wanted} scenes", flush=True)


if __name__ == "__main__":
    main()
