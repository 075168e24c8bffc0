"""Which part stands where: a board's parts, and variants of it with some off, some swapped and some put on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

import numpy as np

from boards.kicad import Board, Footprint, turn
from boards.parts import pad_bounds, part_class
from boards3d.library import Entry
from boards3d.matching import ALLOWED, INSTEAD, UNKNOWN_KINDS, Fit, Matcher, spin
from boards3d.recolour import COUNT
from classes import CLASSES

Rng = np.random.Generator
SMALL = 40.0  # mm²: larger parts are taken off more rarely
IMPLANTS = ["resistor", "capacitor", "capacitor", "inductor", "diode", "transistor", "ic", "ic", "led", "crystal"]


@dataclass
class Part:
    """What a view needs to know, and what pcbnew needs to put it there."""

    ref: str
    kind: str
    outline: np.ndarray  # four corners of the model's bounds, board millimetres
    height: float
    look: str
    mark: str
    site: tuple[str, float, float] | None  # reference and place of its footprint; None: an implant
    angle: float
    place: np.ndarray  # origin of its footprint
    model: str
    tint: int
    offset: list[float]
    rotation: float
    scale: list[float]
    mark_at: list[float] = field(default_factory=list)  # in the footprint's frame, y up, and the top's height
    mark_size: float = 0.0
    pads: int = 2
    mark_turn: float = 0.0

    @property
    def area(self) -> float:
        a, b = self.outline[1] - self.outline[0], self.outline[2] - self.outline[1]
        return float(np.hypot(*a) * np.hypot(*b))

    def record(self) -> dict:
        out = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in asdict(self).items()}
        out["outline"] = np.round(self.outline, 3).tolist()
        return {**out, "class": self.kind}


def _text(kind: str, width: float, height: float, rng: Rng) -> str:
    letters = "ABCDEFGHKLMNPRSTUVWXYZ"
    word = lambda n: "".join(letters[i] for i in rng.integers(len(letters), size=n))  # noqa: E731
    if kind != "ic" or min(width, height) < 2.6:
        return f"{rng.integers(10, 999)}" if rng.random() < 0.6 else word(2) + str(rng.integers(10))
    lines = [word(2) + str(rng.integers(100, 9999)), f"{rng.integers(18, 26)}{rng.integers(10, 53)}", word(1) + str(rng.integers(10, 999))]
    return "\n".join(lines[: 1 + int(min(height / width * 2.5, 2))])


def make_part(ref: str, fit: Fit, site: Footprint, own: bool, tint: int, rng: Rng) -> Part:
    """`own`: the footprint is the board's and not one we bring."""
    low, high = fit.low, fit.high
    corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    size = high - low
    mark, mark_size, mark_at = "", 0.0, []
    if fit.entry.kind in ("ic", "inductor", "transistor", "crystal") and size.min() > 1.1 and fit.height < 9 and rng.random() < 0.8:
        mark = _text(fit.entry.kind, *size, rng)
        lines = mark.split("\n")
        inner = size * (0.62 if fit.entry.kind == "ic" else 0.5)
        mark_size = float(min(inner[0] / max(map(len, lines)) / 0.95, inner[1] / len(lines) / 1.6, 1.6))
        mark_at = [*((low + high) / 2 * [1, -1]), fit.height + 0.012]
        mark = mark if mark_size > 0.3 else ""
    look = f"{fit.entry.model}|{'x'.join(f'{v:.2f}' for v in fit.model_scale)}|{fit.rotation:.0f}|tint {tint}|{mark}"
    return Part(
        ref, fit.entry.kind, site.to_board(corners), fit.height, look, mark,
        (site.reference, float(site.centre[0]), float(site.centre[1])) if own else None, site.angle, site.centre,
        fit.entry.model, tint, fit.offset, fit.rotation, fit.model_scale, mark_at, mark_size, len(site.pads),
    )


def choose(fits: list[Fit], rng: Rng, slack: float = 0.25) -> Fit:
    good = [f for f in fits if f.score < fits[0].score + slack]
    return good[min(int(rng.exponential(1.3)), len(good) - 1)]


def _overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Common area of two outlines' bounds."""
    side = np.minimum(a.max(0), b.max(0)) - np.maximum(a.min(0), b.min(0))
    return float(np.prod(np.maximum(side, 0)))


def dress(board: Board, matcher: Matcher, rng: Rng) -> list[Part]:
    """The board as it should be: mostly fitted, equal footprints mostly alike."""
    usual: dict[tuple, tuple[Fit, int]] = {}
    parts: list[Part] = []
    sites = [p for p in board.footprints if p.side == "F" and part_class(p) is not None and len(p.pads) > 1]
    for site in sorted(sites, key=lambda s: -np.prod(np.ptp(pad_bounds(s), axis=0))):
        index = part_class(site)
        if rng.random() < 0.05:
            continue
        kinds, later = (ALLOWED.get(CLASSES[index], UNKNOWN_KINDS), 0.3) if index >= 0 else (UNKNOWN_KINDS, 0.0)
        fits = matcher.fits(site, kinds, later)
        if not fits or (fits[0].score > 0.9 and np.prod(fits[0].high - fits[0].low) > 10 * SMALL):
            continue  # a large part that is not quite it looks wrong, and hides what lies beneath
        key = (site.library, len(site.pads), kinds[0], int(rng.integers(3)) if kinds[0] == "capacitor" else 0)
        if key not in usual or rng.random() < 0.08:
            usual[key] = choose(fits, rng), int(rng.integers(COUNT))
        part = make_part(site.reference or "?", usual[key][0], site, True, usual[key][1], rng)
        part.ref = f"{part.ref}@{site.centre[0]:.2f},{site.centre[1]:.2f}"  # some boards use a reference twice
        if all(_overlap(part.outline, p.outline) < 0.3 * min(part.area, p.area) for p in parts):
            parts.append(part)
    return parts


def vary(
    parts: list[Part], sites: dict[str, Footprint], matcher: Matcher, loss: float, free, region: np.ndarray, rng: Rng, astray: float = 0.0
) -> list[Part]:
    """A variant: share `loss` of the small parts taken off, a few swapped, a few put on where `free(corners)`; share
    `astray` of the small parts turned or shifted."""
    out = []
    for part in parts:
        chance = rng.random()
        if chance < (loss if part.area < SMALL else 0.6 * loss):
            continue
        if part.area < SMALL and chance < loss + astray:
            part = _move(part, [p for p in parts if p is not part], rng)
        if chance > 1 - 0.35 * loss and part.area < 4 * SMALL:
            part = _swap(part, sites[part.ref], matcher, rng)
        out.append(part)
    taken = [p.outline for p in parts + out]
    for number in range(int(rng.integers(4, 13))):
        implant = _implant(f"X{number}", matcher, taken, free, region, rng)
        if implant:
            out.append(implant)
            taken.append(implant.outline)
    return out


def _swap(part: Part, site: Footprint, matcher: Matcher, rng: Rng) -> Part:
    kinds = INSTEAD[2] if len(site.pads) == 2 else INSTEAD[3] if len(site.pads) < 8 else [part.kind]
    fits = [f for f in matcher.fits(site, kinds, 0.0) if f.entry.model != part.model]
    if not fits:
        return part
    return make_part(part.ref, choose(fits, rng, 0.5), site, True, int(rng.integers(COUNT)), rng)


def _move(part: Part, others: list[Part], rng: Rng) -> Part:
    """Turned where it stands, or shifted by half of its shorter side and more; as it was where neighbours leave no room."""
    middle, back = part.outline.mean(0), turn(part.angle)  # a row of points @ back: from board to footprint
    quarters, shift = 0, np.zeros(2)
    shorter, longer = sorted(np.linalg.norm(part.outline[i + 1] - part.outline[i]) for i in (0, 1))
    turns = [1, 3] * (longer > 1.4 * shorter or bool(part.mark)) + [2, 2] * bool(part.mark)  # those that anyone could see
    if turns and rng.random() < 0.6:
        quarters = int(rng.choice(turns))
    else:
        away = rng.uniform(0, 2 * np.pi)
        shift = shorter * rng.uniform(0.5, 1.2) * np.array([np.cos(away), np.sin(away)])
    outline = spin(part.outline - middle, quarters) + middle + shift
    size = outline.max(0) - outline.min(0)
    if any(_overlap(outline, p.outline) > 0.02 * size.prod() for p in others):
        return part

    def moved(at: list[float]) -> list[float]:
        """A place in the footprint's frame, y up, height last."""
        centre = (middle - part.place) @ back
        x, y = spin(np.array([at[0], -at[1]]) - centre, quarters) + centre + shift @ back
        return [float(x), -float(y), at[2]]

    return replace(
        part, outline=outline, look=f"{part.look}|turned {quarters}|shifted {shift[0]:.2f} {shift[1]:.2f}", offset=moved(part.offset),
        rotation=(part.rotation - 90 * quarters) % 360, mark_at=moved(part.mark_at) if part.mark_at else part.mark_at, mark_turn=-90.0 * quarters,
    )


def _implant(ref: str, matcher: Matcher, taken: list[np.ndarray], free, region: np.ndarray, rng: Rng) -> Part | None:
    kind = IMPLANTS[rng.integers(len(IMPLANTS))]
    pool = [e for e in matcher.entries if e.kind == kind and not e.holes and 0.6 < (e.high - e.low).min() and (e.high - e.low).max() < 8]
    entry: Entry = pool[rng.integers(len(pool))]
    fit = matcher._fit(0.0, entry, 0, np.ones(2), (entry.low + entry.high) / 2)
    angle = float(rng.integers(4) * 90 + (rng.uniform(-45, 45) if rng.random() < 0.25 else 0))
    corners = np.array([fit.low, [fit.high[0], fit.low[1]], fit.high, [fit.low[0], fit.high[1]]])
    for _ in range(60):
        place = rng.uniform(region[0], region[1])
        outline = corners @ turn(angle).T + place
        if all(_overlap(outline, t) == 0 for t in taken) and free(outline):
            site = Footprint(ref, "implant", "F", place, angle, [])
            part = make_part(ref, fit, site, False, int(rng.integers(COUNT)), rng)
            part.ref = f"{ref}@{place[0]:.2f},{place[1]:.2f}"
            return part
    return None
