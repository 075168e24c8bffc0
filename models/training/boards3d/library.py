"""KiCad's own footprints as an index of 3D models: which pads each model stands on.

A board's footprint is compared with these by its pads; the model of a like one then stands right, because the library
says where a model lies against its pads. The index is built once and kept as JSON: reading 15,000 footprints takes
a minute or two.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boards.kicad import _footprint, find, find_all, numbers, parse
from boards.parts import pad_bounds

FOOTPRINTS = Path(os.environ.get("KICAD_FOOTPRINTS", "/usr/share/kicad/footprints"))
MODELS = Path(os.environ.get("KICAD9_3DMODEL_DIR", "/usr/share/kicad/3dmodels"))

# Library folder -> class of what it holds, first match wins. What is not listed is not used.
CLASS_OF = [
    (r"Resistor_SMD|Resistor_THT", "resistor"), (r"Capacitor", "capacitor"), (r"Inductor", "inductor"), (r"Ferrite", "inductor"),
    (r"Diode", "diode"), (r"LED", "led"), (r"Package_TO_SOT", "transistor"), (r"Package_DirectFET", "transistor"),
    (r"Package_", "ic"), (r"Converter_DCDC", "ic"), (r"RF_Module", "ic"), (r"Sensor", "ic"), (r"Crystal|Oscillator", "crystal"),
    (r"Button_Switch", "switch"), (r"Battery", "battery"), (r"Buzzer", "buzzer"), (r"Fuse", "fuse"),
    (r"Potentiometer", "potentiometer"), (r"Relay", "relay"), (r"Connector_(?!Wire|PCBEdge)|TerminalBlock", "connector"),
]
MOST_PADS = 700


@dataclass
class Entry:
    """A library footprint with a model: pads as centres and sizes (y down), and where the model lies."""

    name: str
    kind: str
    centres: np.ndarray
    sizes: np.ndarray
    holes: int
    low: np.ndarray
    high: np.ndarray
    model: str  # path inside MODELS
    offset: list[float]
    rotation: list[float]


def kind_of(folder: str) -> str | None:
    return next((kind for pattern, kind in CLASS_OF if re.match(pattern, folder)), None)


def _read(path: Path, kind: str) -> dict | None:
    text = path.read_text(errors="replace")
    if text.count("(pad ") not in range(1, MOST_PADS):
        return None
    root = parse(text)
    models = find_all(root, "model")
    if len(models) != 1:
        return None
    inside = re.sub(r"\$\{\w+\}/", "", models[0][1])
    inside = re.sub(r"\.(step|stp)$", ".wrl", inside, flags=re.I)
    triple = lambda name: numbers(find(find(models[0], name) or [], "xyz"))  # noqa: E731
    part = _footprint(root)
    if not part.pads or not (MODELS / inside).exists() or triple("scale") not in ([1.0, 1.0, 1.0], []):
        return None
    low, high = pad_bounds(part)
    return {
        "name": f"{path.parent.stem}/{path.stem}", "kind": kind, "low": low.tolist(), "high": high.tolist(), "model": inside,
        "centres": [p.centre.tolist() for p in part.pads], "holes": sum(p.hole > 0 for p in part.pads),
        "sizes": [(p.size[::-1] if abs(p.angle % 180 - 90) < 45 else p.size).tolist() for p in part.pads],
        "offset": triple("offset") or [0, 0, 0], "rotation": triple("rotate") or [0, 0, 0],
    }


def build() -> list[dict]:
    out = []
    for folder in sorted(FOOTPRINTS.glob("*.pretty")):
        kind = kind_of(folder.stem)
        for path in sorted(folder.glob("*.kicad_mod")) if kind else []:
            if re.search(r"HandSolder|ThermalVias|_Pad\d", path.stem):
                continue  # the same model again
            entry = _read(path, kind)
            if entry:
                out.append(entry)
    return out


def load(folder: Path) -> list[Entry]:
    """The index, from `folder`/library.json or built there."""
    path = folder / "library.json"
    if not path.exists():
        path.write_text(json.dumps(build()))
    arrays = ("centres", "sizes", "low", "high")
    return [Entry(**{k: np.array(v) if k in arrays else v for k, v in e.items()}) for e in json.loads(path.read_text())]
