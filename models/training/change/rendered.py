"""Pairs of rendered boards: true parallax, tall parts' sides, parts that are truly off, others or added.

Both crops are laid onto each other by the board's plane, as registration would at its best. What stands above the
plane moves, and the network must learn that this is no change. A part counts as changed when its site looks different
in the other variant; where nobody could tell (hidden behind a taller part, off the board, a few pixels) nothing is asked.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from edits import CLEAR  # noqa: E402
from renders import LEAST_PX, Render, fill, hull, in_front, load_renders, project_solid  # noqa: E402
from views import Rng, Sides, frame, grid, look, project, residual  # noqa: E402

FLAT = 1.5  # px: a part moving less between the views may be taken off by edits.py, which knows no height
HIDDEN = 0.4  # share of a part or site behind something taller from which nothing is asked
TALL, SOLID = 2.0, 0.8  # mm; share of a tall part's box that must differ to be taken whole
SAME_VARIANT = 0.3  # share of pairs that show the very same board


def read_rendered(cache: Path, validation: bool) -> list[list[Render]]:
    """Renders by group; only groups with something to compare."""
    groups: dict[str, list[Render]] = {}
    for render in load_renders(cache, validation):
        groups.setdefault(render.group, []).append(render)
    return [g for g in groups.values() if len(g) > 1]


def pick(groups: list[list[Render]], rng: Rng) -> tuple[Render, Render]:
    group = groups[rng.integers(len(groups))]
    pairs = [(a, b) for a, b in itertools.permutations(group, 2) if a.variant != b.variant]
    same = [(a, b) for a, b in itertools.permutations(group, 2) if a.variant == b.variant]
    pool = same if same and (not pairs or rng.random() < SAME_VARIANT) else pairs
    return pool[rng.integers(len(pool))]


class View:
    """One side of the pair in crop pixels: every part's outline, and what hides what."""

    def __init__(self, render: Render, matrix: np.ndarray, shift: np.ndarray | None, size: int):
        inverse, self.size = np.linalg.inv(matrix), size
        corners = plain = project(inverse, project_solid(render.camera, render.bodies))
        if shift is not None:  # the view looks elsewhere by `shift`
            at = np.clip(np.round(corners.mean(1)), 0, size - 1).astype(int)
            corners = corners - shift[at[:, 1], at[:, 0]][:, None]
        near = ((corners.max(1) > 0) & (corners.min(1) < size)).all(1)
        self.index = {render.refs[i]: k for k, i in enumerate(np.flatnonzero(near))}
        self.corners, self.plain = corners[near], plain[near]
        self.heights = render.bodies[near][:, 4, 2]
        self.looks = [render.looks[i] for i in np.flatnonzero(near)]
        self.hulls = [hull(c) for c in self.corners]
        self.seen = in_front((size, size), self.hulls, self.heights)
        board = project(inverse, project(render.plane, render.outline))
        self.known = np.zeros((size, size), np.float32)
        fill(self.known, board - (0 if shift is None else shift.mean((0, 1))), 1.0)
        self.known[self.seen > 0] = 1
        height, width = render.image.shape[:2]
        picture = np.zeros((size, size), np.float32)
        frame_corners = np.array([[2, 2], [width - 3, 2], [width - 3, height - 3], [2, height - 3]], np.float64)
        fill(picture, project(inverse, frame_corners) - (0 if shift is None else shift.mean((0, 1))), 1.0)
        self.known *= picture

    def mask(self, polygon: np.ndarray) -> np.ndarray:
        out = np.zeros((self.size, self.size), np.float32)
        cv2.fillConvexPoly(out, np.round(np.clip(polygon, -4000, 4000) * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
        return out

    def part(self, k: int) -> np.ndarray:
        return self.mask(self.hulls[k])

    def hidden(self, k: int, mask: np.ndarray, among: set[int] | None = None) -> float:
        """Share of a part's mask where another part (of `among`) is seen instead."""
        other = (self.seen > 0) & (self.seen != k + 1)
        if among is not None:
            other &= np.isin(self.seen, [m + 1 for m in among])
        return float((mask * other).sum() / max(mask.sum(), 1e-6))


def like(picture: np.ndarray, model: np.ndarray, where: np.ndarray) -> np.ndarray:
    """`picture` in the light of `model`."""
    inside = (where > 0.5).astype(np.uint8)
    if cv2.countNonZero(inside) < 50:
        return picture
    (one, spread), (two, wanted) = (cv2.meanStdDev(p, mask=inside) for p in (picture, model))
    gain = (wanted + 2) / (spread + 2)
    return (picture * gain.ravel() + (two - one * gain).ravel()).astype(np.float32)


def rendered_pair(groups: list[list[Render]], size: int, rng: Rng, strength: float) -> Sides:
    for _ in range(12):
        first, second = pick(groups, rng)
        middles = first.bodies[:, :4, :2].mean(1)
        others = dict(zip(second.refs, second.looks))
        reachable = np.ones(len(middles), bool)
        for render in (first, second):
            at = project(render.plane, middles)
            reachable &= ((at > 10) & (at < [render.image.shape[1] - 10, render.image.shape[0] - 10])).all(1)
        different = np.array([others.get(r) != k for r, k in zip(first.refs, first.looks)])
        chosen = reachable & different if rng.random() < 0.5 and (reachable & different).any() else reachable
        if not chosen.any():
            continue
        matrix = frame(first.image.shape, project(first.plane, first.bodies[chosen][:, :4, :2]), size, rng)
        onto = second.plane @ np.linalg.inv(first.plane) @ matrix
        shift = residual(np.zeros((0, 4, 2)), size, rng, 0.3 * strength)
        one, two = View(first, matrix, None, size), View(second, onto / onto[2, 2], shift, size)
        trusted = one.known * two.known
        if trusted.mean() > 0.5:
            break
    else:
        return rendered_pair(groups, size, rng, strength)
    here = grid(size)
    a = look(first.image, matrix, here).astype(np.float32)
    b = look(second.image, onto / onto[2, 2], here + shift).astype(np.float32)
    sides = Sides(a, b, shift, np.zeros((0, 4, 2)), matrix, trusted, ((one.seen > 0) | (two.seen > 0)).astype(np.float32))
    _compare(sides, (one, two))
    return sides


def _compare(sides: Sides, views: tuple[View, View]) -> None:
    apart = _distance(sides.a, like(sides.b, sides.a, sides.trusted))
    base = 0.5 * float(np.median(apart[sides.trusted > 0.5]))  # what light and parallax alone make
    changed: tuple[set[int], set[int]] = (set(), set())
    for s in (0, 1):
        for ref, k in views[s].index.items():
            m = views[1 - s].index.get(ref)
            if m is None or views[1 - s].looks[m] != views[s].looks[k]:
                changed[s].add(k)
    flat = []
    for s in (0, 1):
        me, other = views[s], views[1 - s]
        for ref, k in me.index.items():
            m, mask = other.index.get(ref), me.part(k)
            if k not in changed[s]:
                # The same in both. If a changed part hides it in the other view, who could tell?
                if other.hidden(m, other.part(m), changed[1 - s]) > HIDDEN:
                    sides.doubtful.append((s, mask))
                elif s == 0 and np.abs(me.plain[k] - other.plain[m]).max() < FLAT and max(me.hidden(k, mask), other.hidden(m, mask)) < 0.05:
                    flat.append(me.corners[k].reshape(2, 4, 2).mean(0))
                continue
            shown = mask * (me.seen == k + 1) * sides.trusted
            # Its place in the other view: free to be seen, or behind something that stands there in both?
            site = me.mask(other.hulls[m]) if m is not None else me.mask(me.corners[k][:4])
            cover = other.hidden(-1 if m is None else m, site, set(range(len(other.hulls))) - changed[1 - s])
            small = np.sqrt(cv2.contourArea(me.hulls[k])) < LEAST_PX
            if small or cover > HIDDEN or shown.sum() < HIDDEN * mask.sum():
                sides.doubtful.append((s, mask))
                continue
            if me.heights[k] > TALL:  # its box holds air too, where pins stand out or a lead is bent
                solid = cv2.morphologyEx(((apart > CLEAR + base) * shown).astype(np.float32), cv2.MORPH_CLOSE, np.ones((7, 7)))
                if solid.sum() < 0.3 * shown.sum():  # slivers teach nothing
                    sides.doubtful.append((s, mask))
                    continue
                if solid.sum() < SOLID * shown.sum():
                    shown = solid * shown
            inside = apart[shown > 0.5]
            sides.changed.append((s, shown, float(inside.mean()) - base if len(inside) else 0.0))
            sides.doubtful.append((s, mask - shown))
    sides.outlines = np.array(flat).reshape(-1, 4, 2)


def _distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """CIELAB distance, pixel by pixel (edits.lab_distance is its mean over a mask)."""
    one, two = (cv2.cvtColor(np.clip(p, 0, 255).astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for p in (a, b))
    return np.linalg.norm(one - two, axis=2)
