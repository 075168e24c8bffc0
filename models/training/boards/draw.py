"""Draw a window of a KiCad board as a photo would show it, with the exact outline of every fitted part.

Order, bottom to top: laminate, copper under the mask, bare pads, vias, silkscreen, shadows, parts. The lens and
the light of the whole picture are the business of augment.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from scenes import Scene

from .kicad import Board, Footprint, turn
from .packages import draw_package
from .parts import body, part_class, visible

Rng = np.random.Generator

MASKS = [  # RGB of solder mask over bare laminate
    (18, 88, 42), (30, 110, 60), (10, 60, 30), (20, 50, 120), (15, 35, 85), (150, 25, 30), (24, 24, 26), (14, 14, 16),
    (38, 36, 40), (225, 225, 220), (70, 30, 100), (30, 80, 110), (180, 150, 40),
]


@dataclass
class Style:
    mask: np.ndarray
    copper: np.ndarray
    pad: np.ndarray
    silk: np.ndarray
    light: np.ndarray  # direction of the lamp, unit vector in the picture
    shadow: float
    height: float  # how far parts rise, sets the length of shadows
    fitted: float  # share of sites with a part on
    tented: bool


def random_style(rng: Rng) -> Style:
    mask = np.array(MASKS[rng.integers(len(MASKS))]) * rng.uniform(0.75, 1.25) + rng.normal(0, 5, 3)
    pale = mask.mean() > 180
    angle = rng.uniform(0, 2 * np.pi)
    gold = rng.random() < 0.4
    return Style(
        mask=np.clip(mask, 4, 250),
        copper=np.clip(mask * rng.uniform(1.05, 1.45) + rng.uniform(0, 14), 4, 250) if not pale else mask * rng.uniform(0.9, 0.98),
        pad=np.array([212, 175, 95] if gold else [190, 190, 188]) * rng.uniform(0.75, 1.15),
        silk=np.array([235, 235, 230]) * rng.uniform(0.8, 1.05) if not pale else np.array([30, 30, 30]),
        light=np.array([np.cos(angle), np.sin(angle)]),
        shadow=rng.uniform(0.1, 0.65),
        height=rng.uniform(0.05, 0.5),
        fitted=rng.choice([1.0, 0.9, 0.75]),
        tented=rng.random() < 0.6,
    )


def _colour(value: np.ndarray) -> tuple[float, float, float]:
    return tuple(float(v) for v in np.clip(value, 0, 255))


@dataclass
class Window:
    """Board millimetres to picture pixels. The back is seen mirrored in x."""

    side: str
    low: np.ndarray  # picture's top left corner in (mirrored) board coordinates
    scale: float  # pixels a mm
    size: tuple[int, int]
    flip: float = field(init=False)

    def __post_init__(self) -> None:
        self.flip = -1.0 if self.side == "B" else 1.0

    def __call__(self, points: np.ndarray) -> np.ndarray:
        return (np.asarray(points, float) * [self.flip, 1] - self.low) * self.scale

    def sees(self, pixels: np.ndarray, margin: float = 60) -> bool:
        low, high = pixels.min(0), pixels.max(0)
        return bool((high > -margin).all() and (low < np.array(self.size) + margin).all())


def _fixed(points: np.ndarray) -> np.ndarray:
    """Coordinates in sixteenths of a pixel, OpenCV's sub-pixel drawing."""
    return np.round(np.asarray(points) * 16).astype(np.int32)


def _polyline(picture, pixels, colour, width: float, closed: bool = False) -> None:
    cv2.polylines(picture, [_fixed(pixels)], closed, colour, max(1, int(round(width))), cv2.LINE_AA, 4)


def _board_mask(board: Board, window: Window) -> np.ndarray:
    """255 on the board: the outline's bounding box. Slots and round corners are missing, which no label depends on."""
    width, height = window.size
    points = np.concatenate(board.edges) if board.edges else np.concatenate([f.centre[None] for f in board.footprints])
    low, high = window(points.min(0)), window(points.max(0))
    low, high = np.minimum(low, high), np.maximum(low, high)
    mask = np.zeros((height, width), np.uint8)
    x0, y0 = np.clip(low, -5, [width + 5, height + 5]).astype(int)
    x1, y1 = np.clip(high, -5, [width + 5, height + 5]).astype(int)
    cv2.rectangle(mask, (int(x0), int(y0)), (int(x1), int(y1)), 255, -1)
    return mask


def _pad_outline(part: Footprint, pad) -> np.ndarray:
    half = pad.size / 2
    if pad.round:
        t = np.linspace(0, 2 * np.pi, 17)[:-1]
        corners = np.stack([np.cos(t), np.sin(t)], 1) * half
    else:
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    return part.to_board(corners @ turn(pad.angle).T + pad.centre)


def draw_surface(board: Board, window: Window, style: Style, rng: Rng) -> np.ndarray:
    """The bare board: everything but the parts."""
    width, height = window.size
    scale, side = window.scale, window.side
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = _colour(style.mask)
    for layer, points in board.pours:
        if layer == side:
            pixels = window(points)
            if window.sees(pixels):
                cv2.fillPoly(picture, [_fixed(pixels)], _colour(style.copper), cv2.LINE_AA, 4)
    track = style.copper * (1.04 if style.mask.mean() < 180 else 0.97) + 3
    gap = style.mask * 0.9
    for layer, ends, thick in board.tracks:
        if layer == side:
            pixels = window(ends)
            if window.sees(pixels, 5):
                _polyline(picture, pixels, _colour(gap), thick * scale + 2)
                _polyline(picture, pixels, _colour(track), thick * scale)
    for centre, size, drill in board.vias:
        pixel = window(centre)
        if window.sees(pixel[None], 5):
            at = tuple(int(v) for v in _fixed(pixel))
            ring = track * 1.05 if style.tented else style.pad * 0.9
            cv2.circle(picture, at, int(size * scale * 8), _colour(ring), -1, cv2.LINE_AA, 4)
            if drill * scale > 1.2:
                cv2.circle(picture, at, int(drill * scale * 8), _colour(style.mask * 0.45), -1, cv2.LINE_AA, 4)
    for part in board.footprints:
        here = window(part.centre)
        if not window.sees(here[None], 40 * scale):
            continue
        tint = rng.uniform(0.85, 1.1)
        for pad in part.pads:
            if part.side != side and not pad.hole:
                continue
            pixels = window(_pad_outline(part, pad))
            if not window.sees(pixels, 5):
                continue
            cv2.fillPoly(picture, [_fixed(pixels)], _colour(style.pad * tint * rng.uniform(0.92, 1.05)), cv2.LINE_AA, 4)
            _polyline(picture, pixels, _colour(style.mask * 0.6), 1, True)
            if pad.hole:
                at = tuple(int(v) for v in _fixed(pixels.mean(0)))
                cv2.circle(picture, at, int(pad.hole * scale * 8), (16.0, 15.0, 14.0), -1, cv2.LINE_AA, 4)
        if part.side == side:
            for line in part.lines.get("SilkS", []):
                _polyline(picture, window(part.to_board(line)), _colour(style.silk), 0.14 * scale)
            if rng.random() < 0.85 and part.reference:
                spot = here + rng.normal(0, 1.2, 2) * scale
                size = scale * rng.uniform(0.7, 1.1) / 22
                if size > 0.15:
                    cv2.putText(picture, part.reference[:6], (int(spot[0]), int(spot[1])), cv2.FONT_HERSHEY_SIMPLEX, size, _colour(style.silk), max(1, int(0.13 * scale)), cv2.LINE_AA)
    for layer, line in board.silk:
        if layer == side:
            _polyline(picture, window(line), _colour(style.silk), 0.14 * scale)
    return picture


def draw_part(picture: np.ndarray, part: Footprint, kind: int, window: Window, style: Style, rng: Rng) -> np.ndarray | None:
    """Put one part on the picture. Returns its visible outline (4 corners), or None when it is too small to see."""
    low, high = body(part)
    seen_low, seen_high = visible(part, low, high)
    shift = rng.normal(0, 0.03, 2)  # a placement machine's and an oven's tolerance
    spin = turn(part.angle + rng.normal(0, 1.5 / (1 + 0.2 * np.max(seen_high - seen_low))))
    corners = np.array([[seen_low[0], seen_low[1]], [seen_high[0], seen_low[1]], [seen_high[0], seen_high[1]], [seen_low[0], seen_high[1]]])
    outline = window((corners + shift) @ spin.T + part.centre)
    sides = np.hypot(*(outline[1] - outline[0])), np.hypot(*(outline[2] - outline[1]))
    if min(sides) < 2.5 or not window.sees(outline, 20):
        return None
    margin = 4.0
    scale = window.scale
    origin = np.minimum(seen_low, low) - margin / scale
    extent = np.maximum(seen_high, high) + margin / scale - origin
    size = tuple(int(np.ceil(v * scale)) for v in extent)
    if max(size) > 1600:
        return None
    place = lambda p: (np.asarray(p) - origin) * scale  # noqa: E731
    pads = []
    for pad in part.pads:
        swap = abs((pad.angle % 180) - 90) < 45
        half = (pad.size[::-1] if swap else pad.size) / 2
        pads.append((*place(pad.centre - half), *place(pad.centre + half), pad.hole > 0))
    # The picture of the part is drawn upright; the lamp turns the other way.
    turned_light = style.light * [window.flip, 1] @ turn(part.angle)
    patch = draw_package(kind, (*place(low), *place(high)), pads, size, turned_light, rng)

    linear = np.diag([window.flip, 1.0]) @ spin
    start = window((origin + shift) @ spin.T + part.centre)
    reach = 0.35 * min(sides) * style.height + 1
    box_low = np.floor(outline.min(0) - margin - reach - 4).astype(int)
    box_high = np.ceil(outline.max(0) + margin + reach + 4).astype(int)
    box_low, box_high = np.maximum(box_low, 0), np.minimum(box_high, window.size)
    if (box_high - box_low < 2).any():
        return None
    warp = np.hstack([linear, (start - box_low)[:, None]]).astype(np.float32)
    target = picture[box_low[1] : box_high[1], box_low[0] : box_high[0]]
    area = (target.shape[1], target.shape[0])
    alpha = cv2.warpAffine(np.ascontiguousarray(patch[:, :, 3]), warp, area).astype(np.float32) / 255
    layer = cv2.warpAffine(patch[:, :, :3], warp, area, borderMode=cv2.BORDER_REPLICATE)
    away = style.light * reach
    dark = cv2.warpAffine(alpha, np.float32([[1, 0, away[0]], [0, 1, away[1]]]), area)
    dark = cv2.GaussianBlur(dark, (0, 0), 0.6 + reach * 0.25)
    shaded = target * (1 - style.shadow * dark)[:, :, None]
    blended = shaded * (1 - alpha[:, :, None]) + layer * alpha[:, :, None]
    target[:] = np.clip(blended, 0, 255).astype(np.uint8)
    return outline


def draw_scene(board: Board, name: str, rng: Rng, size: int = 832) -> Scene:
    """A random window of a random side in a random style, at 7 to 34 pixels a millimetre."""
    style = random_style(rng)
    parts = [(p, part_class(p)) for p in board.footprints]
    sides = [p.side for p, kind in parts if kind is not None]
    side = "F" if rng.random() < max(0.6, sides.count("F") / max(len(sides), 1)) or sides.count("B") < 8 else "B"
    mine = [(p, kind) for p, kind in parts if p.side == side and kind is not None]
    focus = mine[rng.integers(len(mine))][0]
    scale = float(np.exp(rng.uniform(np.log(7), np.log(34))))
    flip = -1.0 if side == "B" else 1.0
    low = focus.centre * [flip, 1] - rng.uniform(0.3, 0.7, 2) * size / scale
    if board.edges:  # stay on the board, apart from a margin of table
        edge = np.concatenate(board.edges) * [flip, 1]
        room = (edge.min(0) - 3, edge.max(0) + 3 - size / scale)
        low = np.where(room[0] < room[1], np.clip(low, room[0], np.maximum(*room)), (room[0] + room[1]) / 2)
    window = Window(side, low, scale, (size, size))
    picture = draw_surface(board, window, style, rng)
    picture = np.clip(picture.astype(np.float32) + rng.normal(0, rng.uniform(1, 5), (size, size, 1)), 0, 255).astype(np.uint8)
    outlines, labels = [], []
    mine.sort(key=lambda item: np.prod(np.subtract(*body(item[0])[::-1])))  # small ones may hide under large ones
    for part, kind in mine:
        if rng.random() > style.fitted or not window.sees(window(part.centre)[None], 30 * scale):
            continue
        outline = draw_part(picture, part, kind, window, style, rng)
        if outline is not None:
            shape = outline.astype(np.float32)
            covered = [cv2.pointPolygonTest(shape, tuple(float(v) for v in o.mean(0)), False) >= 0 for o in outlines]
            outlines = [o for o, gone in zip(outlines, covered) if not gone]
            labels = [k for k, gone in zip(labels, covered) if not gone]
            outlines.append(outline)
            labels.append(kind)
    on_board = _board_mask(board, window)
    if not on_board.all():
        table = np.full(3, rng.uniform(10, 245)) + rng.normal(0, 12, 3)
        for outline in outlines:  # connectors reach over the edge
            cv2.fillConvexPoly(on_board, _fixed(outline), 255, cv2.LINE_8, 4)
        outside = on_board == 0
        picture[outside] = np.clip(table, 0, 255).astype(np.uint8)
    outlines = np.array(outlines, np.float32).reshape(-1, 4, 2)
    return Scene(name, picture, outlines, np.array(labels, np.int64), exact=True)
