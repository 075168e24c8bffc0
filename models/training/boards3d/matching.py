"""Which library model fits a board's footprint, and how it has to be turned, scaled and shifted to stand on its pads."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "samples/make"))

import vrml  # noqa: E402

from boards.kicad import Footprint  # noqa: E402
from boards.parts import pad_bounds  # noqa: E402
from boards3d.library import MODELS, Entry  # noqa: E402

# Kinds that may stand on a footprint of this class, the likely ones first; each later one costs a little.
ALLOWED = {
    "resistor": ["resistor"], "capacitor": ["capacitor"], "inductor": ["inductor", "resistor"], "diode": ["diode", "transistor"],
    "transistor": ["transistor", "ic"], "ic": ["ic", "transistor"], "connector": ["connector"], "led": ["led", "diode"],
    "crystal": ["crystal"], "switch": ["switch"], "battery": ["battery", "connector"], "buzzer": ["buzzer"], "fuse": ["fuse", "resistor"],
    "potentiometer": ["potentiometer"], "relay": ["relay"],
}
UNKNOWN_KINDS = ["transistor", "ic", "inductor", "diode", "crystal", "switch", "connector"]
# What somebody might solder there instead.
INSTEAD = {2: ["resistor", "capacitor", "inductor", "diode", "led", "fuse"], 3: ["transistor", "diode", "ic", "crystal"]}
WORST = 1.15  # scores above: nothing fits
MOST_PADS = 200  # compared; of larger footprints every n-th pad


@dataclass
class Fit:
    """One model on one footprint, in KiCad's terms: y up, before the footprint's own angle."""

    score: float
    entry: Entry
    quarter: int
    scale: np.ndarray  # of the footprint's x and y
    middle: np.ndarray  # of the pads, y down
    low: np.ndarray  # bounds of the turned and scaled model, y down
    high: np.ndarray
    bottom: float
    height: float
    offset: list[float]
    rotation: float
    model_scale: list[float]


def spin(points: np.ndarray, quarter: int) -> np.ndarray:
    """By quarter turns, as the footprint's angle would (y down)."""
    for _ in range(quarter % 4):
        points = np.stack([points[..., 1], -points[..., 0]], -1)
    return points


def _thin(points: np.ndarray) -> np.ndarray:
    return points[:: -(-len(points) // MOST_PADS)]


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    """Mean distance to the nearest pad, both ways."""
    d = np.linalg.norm(a[:, None] - b[None], axis=2)
    return float(d.min(0).mean() + d.min(1).mean()) / 2


class Matcher:
    def __init__(self, entries: list[Entry]):
        self.entries = entries
        self.kinds = np.array([e.kind for e in entries])
        self.counts = np.array([len(e.centres) for e in entries])
        self.extent = np.array([e.high - e.low for e in entries])
        self.bounds: dict[str, np.ndarray] = {}
        self.known: dict[tuple, list[Fit]] = {}

    def fits(self, part: Footprint, kinds: list[str], later: float = 0.3) -> list[Fit]:
        """Best first. Empty when nothing in the library is like it. `later` is what each later kind costs."""
        key = (part.library, len(part.pads), tuple(np.round(pad_bounds(part), 2).ravel()), tuple(kinds))
        if key not in self.known:
            self.known[key] = self._search(part, kinds, later) or self._search(part, kinds, later, 1.75)
        return self.known[key]

    def _search(self, part: Footprint, kinds: list[str], later: float, worst: float = WORST, most: int = 12) -> list[Fit]:
        low, high = pad_bounds(part)
        extent, middle, n = high - low, (low + high) / 2, len(part.pads)
        centres = _thin(np.array([p.centre for p in part.pads]) - middle)
        area = np.median([np.prod(p.size) for p in part.pads])
        holes = sum(p.hole > 0 for p in part.pads) / n
        rank = np.array([kinds.index(k) if k in kinds else 9 for k in self.kinds])
        count = np.abs(np.log(self.counts / n)) * (1.5 if n <= 8 else 0.7)
        direct, turned = (np.abs(np.log(e / extent)).sum(1) for e in (self.extent, self.extent[:, ::-1]))
        rough = count + np.minimum(direct, turned) + later * rank
        rough[(rank == 9) | (count > 0.9)] = 99
        found = []
        for i in np.argsort(rough)[:150]:
            if rough[i] > worst:
                break
            entry = self.entries[i]
            for quarter in range(4):
                ratio = extent / (self.extent[i][::-1] if quarter % 2 else self.extent[i])
                if (np.abs(np.log(ratio)) > 0.45 * worst).any():
                    continue
                theirs = _thin(spin(entry.centres - (entry.low + entry.high) / 2, quarter)) * ratio
                score = 0.6 * np.abs(np.log(ratio)).sum() + count[i] + later * rank[i] + 5 * _apart(centres, theirs) / extent.mean()
                score += 0.15 * abs(np.log(np.median(entry.sizes.prod(1)) / area)) + 1.5 * abs(entry.holes / len(entry.centres) - holes)
                found.append((score, i, quarter, ratio))
        found.sort(key=lambda f: f[0])
        out, seen = [], set()
        for score, i, quarter, ratio in found:
            entry = self.entries[i]
            if score > worst or len(out) == most:
                break
            if entry.model in seen or re.search(r"_Clip|TestPoint", entry.model):
                continue
            seen.add(entry.model)
            out.append(self._fit(score, entry, quarter, ratio, middle))
        return out

    def _bounds(self, model: str) -> np.ndarray:
        if model not in self.bounds:
            self.bounds[model] = np.array(vrml.bounds(str(MODELS / model)))
        return self.bounds[model]

    def _fit(self, score, entry: Entry, quarter: int, ratio: np.ndarray, middle: np.ndarray) -> Fit:
        bounds = self._bounds(entry.model)
        up = np.array([1, -1])
        rotation = entry.rotation[2]
        # Library frame (y down): corners of the model, turned by its own rotation, then shifted.
        corners = np.array([[bounds[i], bounds[j]] for i in (0, 3) for j in (1, 4)]) * up
        corners = spin(corners, int(round(-rotation / 90))) + np.array(entry.offset[:2]) * up
        centre = (entry.low + entry.high) / 2
        placed = spin(corners - centre, quarter) * ratio + middle
        shift = spin(np.array(entry.offset[:2]) * up - centre, quarter) * ratio + middle
        own = ratio[::-1] if (quarter + int(round(rotation / 90))) % 2 else ratio
        tall = float(np.clip(np.sqrt(ratio.prod()), 0.75, 1.35))
        return Fit(
            score, entry, quarter, ratio, middle, placed.min(0), placed.max(0), bounds[2] * tall + entry.offset[2],
            bounds[5] * tall + entry.offset[2], [shift[0], -shift[1], entry.offset[2]], (rotation - 90 * quarter) % 360, [own[0], own[1], tall],
        )
