"""Read what a drawing needs from a .kicad_pcb file (versions 5 to 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|[^\s()]+')


def parse(text: str) -> list:
    """The S-expression as nested lists of strings."""
    stack: list[list] = [[]]
    for token in _TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token.strip('"') if token[0] == '"' else token)
    return stack[0][0]


def find(node: list, name: str) -> list | None:
    return next((c for c in node if isinstance(c, list) and c and c[0] == name), None)


def find_all(node: list, name: str) -> list[list]:
    return [c for c in node if isinstance(c, list) and c and c[0] == name]


def numbers(node: list | None) -> list[float]:
    out = []
    for value in (node or [])[1:]:
        try:
            out.append(float(value))
        except (TypeError, ValueError):
            pass
    return out


def turn(angle: float) -> np.ndarray:
    """KiCad's rotation: degrees, counter-clockwise as seen, while y points down."""
    a = np.deg2rad(angle)
    return np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


@dataclass
class Pad:
    centre: np.ndarray  # in the footprint's frame
    size: np.ndarray
    angle: float  # against the footprint
    round: bool
    hole: float  # drill in mm, 0 = surface mounted


@dataclass
class Footprint:
    reference: str
    library: str
    side: str  # "F" or "B"
    centre: np.ndarray
    angle: float
    pads: list[Pad] = field(default_factory=list)
    lines: dict[str, list[np.ndarray]] = field(default_factory=dict)  # layer without side -> polylines

    def to_board(self, points: np.ndarray) -> np.ndarray:
        return np.asarray(points) @ turn(self.angle).T + self.centre


@dataclass
class Board:
    name: str
    footprints: list[Footprint]
    tracks: list[tuple[str, np.ndarray, float]]  # side, two points, width
    vias: list[tuple[np.ndarray, float, float]]  # centre, size, drill
    pours: list[tuple[str, np.ndarray]]
    edges: list[np.ndarray]
    silk: list[tuple[str, np.ndarray]]


def _layer(node: list) -> str:
    found = find(node, "layer")
    return found[1] if found else ""


def _outline(node: list) -> np.ndarray | None:
    """A drawing item as a polyline; arcs become their chord, which is enough for a picture."""
    kind = node[0].split("_")[-1]
    if kind in ("line", "arc"):
        start, end = numbers(find(node, "start"))[:2], numbers(find(node, "end"))[:2]
        return np.array([start, end]) if len(start) == 2 and len(end) == 2 else None
    if kind == "rect":
        (x0, y0), (x1, y1) = numbers(find(node, "start"))[:2], numbers(find(node, "end"))[:2]
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])
    if kind == "circle":
        centre, end = (np.array(numbers(find(node, k))[:2]) for k in ("center", "end"))
        t = np.linspace(0, 2 * np.pi, 25)
        return centre + np.hypot(*(end - centre)) * np.stack([np.cos(t), np.sin(t)], 1)
    if kind == "poly":
        points = find(node, "pts")
        if points:
            points = [numbers(p)[:2] for p in find_all(points, "xy")]
            return np.array(points + points[:1]) if len(points) > 2 else None
    return None


def _footprint(node: list) -> Footprint:
    at = numbers(find(node, "at"))
    angle = at[2] if len(at) > 2 else 0.0
    reference = ""
    for text in find_all(node, "fp_text"):
        if text[1] == "reference":
            reference = text[2]
    for text in find_all(node, "property"):
        if text[1] == "Reference":
            reference = text[2]
    part = Footprint(reference, node[1], _layer(node)[:1] or "F", np.array(at[:2]), angle)
    for pad in find_all(node, "pad"):
        pad_at, size = numbers(find(pad, "at")), numbers(find(pad, "size"))
        layers = find(pad, "layers") or []
        if not any("Cu" in layer for layer in layers[1:]) or len(size) < 2:
            continue
        drill = numbers(find(pad, "drill"))
        spin = (pad_at[2] if len(pad_at) > 2 else 0.0) - angle
        part.pads.append(Pad(np.array(pad_at[:2]), np.array(size[:2]), spin, pad[3] in ("circle", "oval"), max(drill[:2], default=0.0)))
    for item in node:
        if isinstance(item, list) and item and item[0].startswith("fp_") and item[0] != "fp_text":
            points, layer = _outline(item), _layer(item)
            if points is not None and "." in layer:
                part.lines.setdefault(layer.split(".")[1], []).append(points)
    return part


def read_board(path: Path) -> Board:
    text = path.read_text(errors="replace")
    # Some designs rename the outer copper layers; everything below asks for the standard names.
    for side, standard in (("Top", "F.Cu"), ("Bottom", "B.Cu")):
        text = re.sub(rf"(?<=[\s(]){side}(?=[\s)])", standard, text)
    root = parse(text)
    board = Board(path.stem, [], [], [], [], [], [])
    for node in root:
        if not isinstance(node, list) or not node:
            continue
        kind = node[0]
        if kind in ("module", "footprint"):
            board.footprints.append(_footprint(node))
        elif kind == "segment" and _layer(node) in ("F.Cu", "B.Cu"):
            ends = np.array([numbers(find(node, "start"))[:2], numbers(find(node, "end"))[:2]])
            board.tracks.append((_layer(node)[0], ends, numbers(find(node, "width"))[0]))
        elif kind == "via":
            drill = numbers(find(node, "drill"))
            size = numbers(find(node, "size"))[0]
            board.vias.append((np.array(numbers(find(node, "at"))[:2]), size, drill[0] if drill else size / 2))
        elif kind == "zone":
            for pour in find_all(node, "filled_polygon"):
                layer = _layer(pour) or _layer(node)
                points = find(pour, "pts")
                if layer in ("F.Cu", "B.Cu") and points:
                    board.pours.append((layer[0], np.array([numbers(p)[:2] for p in find_all(points, "xy")])))
        elif kind.startswith("gr_") and kind != "gr_text":
            points, layer = _outline(node), _layer(node)
            if points is None:
                continue
            if layer == "Edge.Cuts":
                board.edges.append(points)
            elif layer.endswith("SilkS"):
                board.silk.append((layer[0], points))
    for part in board.footprints:  # some boards keep their outline in a footprint
        board.edges += [part.to_board(p) for p in part.lines.get("Cuts", [])]
    if board.edges:
        points = np.concatenate(board.edges)
        low, high = points.min(0), points.max(0)
        inside = lambda p: (p.centre > low - 1).all() and (p.centre < high + 1).all()  # noqa: E731
        board.footprints = [p for p in board.footprints if inside(p)]
    return board
