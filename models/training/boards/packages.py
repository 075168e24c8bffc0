"""Draw one package from above as an RGBA picture, lit from one side. Sizes in pixels, `high` in the same unit."""

from __future__ import annotations

import cv2
import numpy as np

from classes import CLASSES

Rng = np.random.Generator
BODY_COLOURS = {
    "resistor": [(28, 28, 32), (20, 24, 34), (45, 45, 50), (30, 60, 70)],
    "capacitor": [(150, 115, 80), (172, 140, 100), (120, 100, 85), (160, 150, 140), (110, 85, 60)],
    "inductor": [(60, 60, 62), (90, 88, 85), (40, 40, 44), (45, 75, 65), (130, 130, 125)],
    "led": [(235, 230, 215), (225, 215, 150), (240, 240, 240), (220, 170, 120)],
    "fuse": [(215, 215, 205), (40, 70, 50), (200, 160, 60)],
    "connector": [(24, 24, 26), (235, 232, 220), (200, 190, 165), (40, 40, 42), (60, 90, 150)],
    "crystal": [(185, 180, 170), (150, 150, 150), (200, 190, 160)],
    "battery": [(190, 190, 190)],
}
DARK = [(30, 30, 32), (42, 42, 44), (22, 22, 26), (52, 50, 50), (38, 38, 46)]


def _rectangle(canvas: np.ndarray, x0: float, y0: float, x1: float, y1: float, colour, alpha: int = 255) -> None:
    """Filled rectangle with quarter-pixel corners."""
    points = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    cv2.fillConvexPoly(canvas, np.round(points * 4).astype(np.int32), (*[float(c) for c in colour], alpha), cv2.LINE_AA, 2)


def _metal(rng: Rng) -> np.ndarray:
    return np.array([1.0, rng.uniform(0.95, 1), rng.uniform(0.88, 1.0)]) * rng.uniform(120, 235)


def _write(canvas: np.ndarray, box, rng: Rng, colour) -> None:
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    text = "".join(rng.choice(list("0123456789ABCEFHKLMNRSTUX"), size=int(rng.integers(3, 8))))
    rows = int(rng.integers(1, 4)) if height > 18 else 1
    size = min(height * 0.7 / rows / 22, width * 0.8 / (len(text) * 18))
    if size < 0.12:
        return
    for row in range(rows):
        y = int(y0 + height * (row + 0.75) / rows)
        cv2.putText(canvas, text, (int(x0 + width * 0.12), y), cv2.FONT_HERSHEY_SIMPLEX, size, (*colour, 255), max(1, int(size * 2)), cv2.LINE_AA)


def _shade(canvas: np.ndarray, box, light: np.ndarray, rng: Rng) -> None:
    """A bevel towards the light, a slope over the top and fine grain."""
    x0, y0, x1, y1 = (int(round(v)) for v in box)
    part = canvas[max(y0, 0) : y1, max(x0, 0) : x1, :3]
    if part.size == 0:
        return
    h, w = part.shape[:2]
    yy, xx = np.mgrid[:h, :w].astype(np.float32)
    slope = (xx / max(w, 1) - 0.5) * light[0] + (yy / max(h, 1) - 0.5) * light[1]
    gain = 1 + slope * rng.uniform(0, 0.5)
    edge = max(1, int(min(h, w) * rng.uniform(0.03, 0.09)))
    bevel = rng.uniform(0.1, 0.6)
    gain[:edge] *= 1 + bevel * light[1] * -1
    gain[-edge:] *= 1 + bevel * light[1]
    gain[:, :edge] *= 1 + bevel * light[0] * -1
    gain[:, -edge:] *= 1 + bevel * light[0]
    grain = rng.normal(0, rng.uniform(0.5, 5), (h, w, 1)).astype(np.float32)
    part[:] = np.clip(part * gain[:, :, None] + grain + max(0, 6 * light[1]), 0, 255)


def draw_package(kind: int, body, pads, size, light: np.ndarray, rng: Rng) -> np.ndarray:
    """`body`: x0, y0, x1, y1; `pads`: [(x0, y0, x1, y1, has_hole)] in the picture; `size`: width, height."""
    name = CLASSES[kind] if kind >= 0 else "ic"
    canvas = np.zeros((size[1], size[0], 4), np.uint8)
    x0, y0, x1, y1 = body
    width, height = x1 - x0, y1 - y0
    colours = BODY_COLOURS.get(name, DARK)
    colour = np.array(colours[rng.integers(len(colours))]) * rng.uniform(0.75, 1.2) + rng.normal(0, 4, 3)
    colour = np.clip(colour, 5, 250)
    through = any(p[4] for p in pads)
    chip = len(pads) == 2 and not through and name in ("resistor", "capacitor", "inductor", "led", "fuse", "diode")
    metal = _metal(rng)
    if not chip:  # leads first, the body lies over them
        for px0, py0, px1, py1, hole in pads:
            inside = px0 > x0 and px1 < x1 and py0 > y0 and py1 < y1
            if hole or inside:
                continue
            mx, my = (px1 - px0) * 0.2, (py1 - py0) * 0.2
            _rectangle(canvas, px0 + mx, py0 + my, px1 - mx, py1 - my, metal * rng.uniform(0.85, 1.05))
    if chip:
        _rectangle(canvas, x0, y0, x1, y1, colour)
        share = rng.uniform(0.15, 0.3)
        if width >= height:
            _rectangle(canvas, x0, y0, x0 + width * share, y1, metal)
            _rectangle(canvas, x1 - width * share, y0, x1, y1, metal * rng.uniform(0.9, 1.05))
            top = (x0 + width * share, y0, x1 - width * share, y1)
        else:
            _rectangle(canvas, x0, y0, x1, y0 + height * share, metal)
            _rectangle(canvas, x0, y1 - height * share, x1, y1, metal * rng.uniform(0.9, 1.05))
            top = (x0, y0 + height * share, x1, y1 - height * share)
        if name == "resistor" and min(width, height) > 9 and rng.random() < 0.8:
            _write(canvas, top, rng, (225, 225, 220))
        if name == "diode":
            bx = x0 + width * (0.22 if rng.random() < 0.5 else 0.68)
            _rectangle(canvas, bx, y0, bx + width * 0.1, y1, (200, 200, 200)) if width >= height else None
        if name == "led":
            tint = np.array([(90, 220, 90), (230, 80, 60), (240, 220, 120), (90, 130, 240)][rng.integers(4)])
            cv2.circle(canvas, (int((x0 + x1) / 2), int((y0 + y1) / 2)), max(1, int(min(width, height) * 0.28)), (*(tint * rng.uniform(0.6, 1)), 255), -1, cv2.LINE_AA)
        _shade(canvas, body, light, rng)
        return canvas
    round_can = abs(width - height) < 0.15 * max(width, height)
    if name == "capacitor" and round_can and min(width, height) > 14:  # an electrolytic can
        base = (40, 40, 42) if rng.random() < 0.7 else (60, 70, 150)
        _rectangle(canvas, x0, y0, x1, y1, base, 255 if not through else 0)
        centre, radius = (int((x0 + x1) / 2), int((y0 + y1) / 2)), int(min(width, height) * 0.48)
        top = np.clip(_metal(rng), 0, 255)
        cv2.circle(canvas, centre, radius, (*top, 255), -1, cv2.LINE_AA)
        start = int(rng.integers(4)) * 90
        cv2.ellipse(canvas, centre, (radius, radius), 0, start - 40, start + 40, (*(top * rng.uniform(0.1, 0.5)), 255), -1, cv2.LINE_AA)
        cv2.circle(canvas, centre, int(radius * 0.55), (*top, 255), -1, cv2.LINE_AA)
        _write(canvas, (x0 + width * 0.3, y0 + height * 0.35, x1 - width * 0.2, y1 - height * 0.3), rng, (30, 30, 30))
    elif name == "battery" or (name == "buzzer" and round_can):
        centre, radius = (int((x0 + x1) / 2), int((y0 + y1) / 2)), int(min(width, height) * 0.5)
        cv2.circle(canvas, centre, radius, (*colour, 255), -1, cv2.LINE_AA)
    elif name == "crystal" and min(width, height) > 5:
        radius = min(width, height) / 2 if rng.random() < 0.5 and not round_can else min(width, height) * 0.12
        mask = np.zeros(canvas.shape[:2], np.uint8)
        cv2.rectangle(mask, (int(x0 + radius), int(y0)), (int(x1 - radius), int(y1)), 255, -1)
        cv2.rectangle(mask, (int(x0), int(y0 + radius)), (int(x1), int(y1 - radius)), 255, -1)
        for cx in (x0 + radius, x1 - radius):
            for cy in (y0 + radius, y1 - radius):
                cv2.circle(mask, (int(cx), int(cy)), int(radius), 255, -1, cv2.LINE_AA)
        canvas[mask > 0] = (*colour, 255)
        _write(canvas, (x0 + width * 0.2, y0 + height * 0.2, x1 - width * 0.2, y1 - height * 0.2), rng, (60, 60, 60))
    elif name == "connector":
        shell = rng.random() < 0.35
        _rectangle(canvas, x0, y0, x1, y1, metal if shell else colour)
        if not shell:
            inset = min(width, height) * rng.uniform(0.08, 0.2)
            if rng.random() < 0.6:
                _rectangle(canvas, x0 + inset, y0 + inset, x1 - inset, y1 - inset, colour * rng.uniform(0.6, 0.95))
            for px0, py0, px1, py1, hole in pads:
                if hole:
                    m = 0.28
                    w, h = px1 - px0, py1 - py0
                    pin = metal if rng.random() < 0.9 else (10, 10, 10)
                    _rectangle(canvas, px0 + w * m, py0 + h * m, px1 - w * m, py1 - h * m, pin)
    elif name == "switch":
        _rectangle(canvas, x0, y0, x1, y1, metal if rng.random() < 0.6 else colour)
        centre = (int((x0 + x1) / 2), int((y0 + y1) / 2))
        knob = np.array([(30, 30, 30), (200, 60, 50), (230, 220, 200), (120, 90, 70)][rng.integers(4)])
        cv2.circle(canvas, centre, max(1, int(min(width, height) * rng.uniform(0.2, 0.35))), (*knob.astype(float), 255), -1, cv2.LINE_AA)
    else:  # moulded bodies: ICs, transistors, diodes, power inductors, anything else
        if name == "capacitor":
            colour = np.array([(205, 165, 60), (40, 40, 40), (190, 120, 50), (70, 90, 160)][rng.integers(4)], float)
        _rectangle(canvas, x0, y0, x1, y1, colour)
        if name in ("ic", "transistor", "diode", "inductor"):
            ink = np.clip(colour + rng.uniform(20, 140), 0, 255)
            _write(canvas, (x0 + width * 0.1, y0 + height * 0.15, x1 - width * 0.1, y1 - height * 0.15), rng, ink)
        if name == "ic" and min(width, height) > 10:
            dot = (int(x0 + width * 0.12), int(y0 + height * 0.12))
            cv2.circle(canvas, dot, max(1, int(min(width, height) * 0.05)), (*(colour * rng.choice([0.5, 1.6])).clip(0, 255), 255), -1, cv2.LINE_AA)
        if name in ("diode", "capacitor"):
            _rectangle(canvas, x0, y0, x0 + width * 0.14, y1, (190, 190, 190)) if width >= height else _rectangle(canvas, x0, y0, x1, y0 + height * 0.14, (190, 190, 190))
    _shade(canvas, body, light, rng)
    return canvas


def drawn_packages(count: int, rng: Rng) -> list[tuple[np.ndarray, int]]:
    """Single packages to be pasted somewhere: RGBA pictures of some 40 to 90 px, and their index in CLASSES."""
    out = []
    names = ["resistor", "capacitor", "inductor", "diode", "transistor", "ic", "led", "crystal", "connector", "switch"]
    while len(out) < count:
        name = names[rng.integers(len(names))]
        long = rng.uniform(36, 90)
        short = long * (rng.uniform(0.4, 0.65) if name in ("resistor", "capacitor", "inductor", "diode", "led") else rng.uniform(0.45, 1))
        margin = 0 if name in ("resistor", "capacitor", "inductor", "led") else short * 0.18
        width, height = int(long + 2), int(short + 2 * margin + 2)
        body = (1, 1 + margin, 1 + long, 1 + margin + short)
        pads = []
        if name in ("resistor", "capacitor", "inductor", "led", "diode"):
            pads = [(0, 0, long * 0.3, short, False), (long * 0.7, 0, long, short, False)]
        else:
            count_pins = int(rng.integers(2, 8))
            for k in range(count_pins):
                x = (k + 0.5) * long / count_pins
                w = long / count_pins * 0.35
                pads += [(x - w, 0, x + w, margin * 1.6, False), (x - w, height - margin * 1.6, x + w, height, False)]
        angle, kind = rng.uniform(0, 2 * np.pi), CLASSES.index(name)
        patch = draw_package(kind, body, pads, (width, height), np.array([np.cos(angle), np.sin(angle)]), rng)
        if rng.random() < 0.5:
            patch[:, :, :3] = np.clip(patch[:, :, :3] * np.exp(rng.normal(0, 0.3)) + rng.normal(0, 8, 3), 0, 255)
        out.append((patch, kind))
    return out
