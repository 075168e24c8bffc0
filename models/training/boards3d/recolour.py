"""Copies of library models in other colours: the same part from another maker."""

from __future__ import annotations

import colorsys
import hashlib
import re
from pathlib import Path

import numpy as np

from boards3d.library import MODELS

BODIES = {  # kinds whose plastic comes in any colour, and how often it does
    "connector": 0.35, "switch": 0.3, "led": 0.3, "relay": 0.4, "fuse": 0.3, "inductor": 0.2,
}
COUNT = 4  # tints a model: 0 is as the library has it


def _change(colour: np.ndarray, rng: np.random.Generator, gain: np.ndarray, hue: float | None) -> np.ndarray:
    h, s, v = colorsys.rgb_to_hsv(*colour)
    if s < 0.25 and v > 0.45:  # metal stays metal
        return colour * np.clip(gain.mean(), 0.75, 1.15)
    if hue is not None and (v < 0.4 or s > 0.4):
        return np.array(colorsys.hsv_to_rgb(hue, 0.65, float(np.clip(v + 0.25, 0.25, 0.7))))
    return colour * gain + (0.02 if v < 0.2 else 0) * rng.uniform(0, 3)


def tinted(model: str, kind: str, number: int, folder: Path) -> str:
    """Path, for KiCad, of `model` in tint `number`; written into `folder`/models when not there yet."""
    if number == 0:
        return "${KICAD9_3DMODEL_DIR}/" + model
    name = f"tint{number}-{hashlib.sha1(model.encode()).hexdigest()[:10]}.wrl"
    path = folder / "models" / name
    if not path.exists():
        rng = np.random.default_rng(int(hashlib.sha1(f"{model} {number}".encode()).hexdigest()[:8], 16))
        gain = np.exp(rng.normal(0, 0.3) + rng.normal(0, 0.07, 3))
        often = 0.6 if "/CP_" in model and "Tantalum" not in model else BODIES.get(kind, 0.0)
        hue = rng.random() if rng.random() < often else None

        def replace(found: re.Match) -> str:
            colour = np.clip(_change(np.array([float(v) for v in found.group(1).split()]), rng, gain, hue), 0.01, 0.97)
            return "diffuseColor %.3f %.3f %.3f" % tuple(colour)

        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"diffuseColor\s+([0-9.eE+-]+\s+[0-9.eE+-]+\s+[0-9.eE+-]+)", replace, (MODELS / model).read_text()))
    return "${KIPRJMOD}/models/" + name
