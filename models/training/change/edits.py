"""Changes put into one view of a pair (and unchanged decoys, which must not be called)."""

from __future__ import annotations

import cv2
import numpy as np

Rng = np.random.Generator

# Mean CIELAB distance before / after: below FAINT nobody could see it, below CLEAR it is neither asked nor punished.
FAINT, CLEAR = 3.0, 6.0


class Placed:
    """A patch laid out in crop pixels: its colours, its coverage, and the box it stays in."""

    def __init__(self, patch: np.ndarray, wanted: float, angle: float, middle: np.ndarray, size: int):
        height, width = patch.shape[:2]
        scale = wanted / np.sqrt(height * width)
        if scale < 0.6:
            patch = cv2.resize(patch, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            height, width = patch.shape[:2]
            scale = wanted / np.sqrt(height * width)
        a = np.deg2rad(angle)
        linear = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - [width / 2, height / 2]
        self.corners = corners @ linear.T + middle
        margin = 3 + 0.35 * wanted  # room for a shadow
        low = np.clip(np.floor(self.corners.min(0) - margin), 0, size - 2).astype(int)
        high = np.clip(np.ceil(self.corners.max(0) + margin), low + 2, size).astype(int)
        self.box = slice(low[1], high[1]), slice(low[0], high[0])
        area = (int(high[0] - low[0]), int(high[1] - low[1]))
        shift = middle - low - linear @ [width / 2, height / 2]
        warp = np.hstack([linear, shift[:, None]]).astype(np.float32)
        self.colour = cv2.warpAffine(patch[:, :, :3], warp, area, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        own = patch[:, :, 3] if patch.shape[2] == 4 else np.full((height, width), 255, np.uint8)
        self.cover = cv2.warpAffine(np.ascontiguousarray(own), warp, area).astype(np.float32) / 255


def lab_distance(a: np.ndarray, b: np.ndarray, weight: np.ndarray) -> float:
    """Mean CIELAB distance of two float RGB patches where `weight` is over a half."""
    inside = weight > 0.5
    if not inside.any():
        return 0.0
    one, two = (cv2.cvtColor(np.clip(p, 0, 255).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[inside] for p in (a, b))
    return float(np.linalg.norm(one - two, axis=1).mean())


def paste(view: np.ndarray, placed: Placed, look: dict) -> float:
    """Blend into the float view, in place. `look`: gain, tint, soft, blur, shadow, away, towards. Returns visibility."""
    target = view[placed.box]
    before = target.copy()
    cover = placed.cover
    if look["soft"]:
        cover = cv2.GaussianBlur(cover, (0, 0), look["soft"])
    colour = np.clip(placed.colour * look["gain"] * look["tint"], 0, 255)
    if look["towards"]:  # a dark part on a dark board, a green one on a green board
        colour += look["towards"] * (target.mean((0, 1)) - colour)
    if look["blur"]:
        colour = cv2.GaussianBlur(colour, (0, 0), look["blur"])
    if look["shadow"]:
        dark = cv2.warpAffine(placed.cover, np.float32([[1, 0, look["away"][0]], [0, 1, look["away"][1]]]), cover.shape[::-1])
        dark = cv2.GaussianBlur(dark, (0, 0), 0.6 + 0.4 * np.hypot(*look["away"]))
        target *= (1 - look["shadow"] * dark)[:, :, None]
    target += cover[:, :, None] * (colour - target)
    return lab_distance(before, target, placed.cover)


def random_look(view: np.ndarray, wanted: float, rng: Rng, softness: float) -> dict:
    level = view.mean()
    gain = np.exp(rng.normal(0, 0.2)) * (np.clip(level / 90, 0.4, 1.3) ** 0.7)
    return {
        "gain": gain, "tint": np.exp(rng.normal(0, 0.05, 3)).astype(np.float32), "soft": rng.uniform(0.3, 1.0) if rng.random() < 0.8 else 0,
        "blur": softness * rng.uniform(0.3, 1.2) if rng.random() < 0.6 else 0, "shadow": rng.uniform(0.1, 0.6) if rng.random() < 0.55 else 0,
        "away": rng.normal(0, 1, 2) * max(0.7, 0.12 * wanted), "towards": rng.uniform(0.4, 0.85) if rng.random() < 0.15 else 0,
    }


def erase(view: np.ndarray, outline: np.ndarray, taken: np.ndarray, rng: Rng) -> tuple[tuple[slice, slice], np.ndarray, float] | None:
    """Take a part off: cover it with board from next to it, and mostly leave its two pads. Returns box, mask, visibility."""
    size = view.shape[0]
    low, high = np.floor(outline.min(0) - 2).astype(int), np.ceil(outline.max(0) + 3).astype(int)
    if (low < 1).any() or (high > size - 1).any():
        return None
    extent = high - low
    for _ in range(12):
        angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(1.0, 2.2)
        offset = np.round(np.array([np.cos(angle), np.sin(angle)]) * extent * far).astype(int)
        a, b = low + offset, high + offset
        if (a >= 0).all() and (b <= size).all() and taken[a[1] : b[1], a[0] : b[0]].mean() < 0.08:
            break
    else:
        return None
    box = slice(low[1], high[1]), slice(low[0], high[0])
    donor = view[a[1] : b[1], a[0] : b[0]].copy()
    mask = np.zeros(donor.shape[:2], np.float32)
    cv2.fillConvexPoly(mask, np.round((outline - low) * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    solid = mask.copy()
    mask = cv2.GaussianBlur(cv2.dilate(mask, np.ones((3, 3), np.uint8)), (0, 0), rng.uniform(0.6, 1.6))
    if rng.random() < 0.6:  # the empty site's pads
        middle = outline.mean(0) - low
        sides = outline[1] - outline[0], outline[2] - outline[1]
        long, short = sides if np.hypot(*sides[0]) >= np.hypot(*sides[1]) else sides[::-1]
        pad = rng.uniform(120, 225) * np.array([1, rng.uniform(0.85, 1), rng.uniform(0.6, 1)]) * np.clip(view.mean() / 100, 0.4, 1.2)
        for sign in (-1, 1):
            centre = middle + sign * long * rng.uniform(0.3, 0.42)
            half = long * rng.uniform(0.08, 0.14), short * rng.uniform(0.25, 0.42)
            corners = np.array([centre - half[0] - half[1], centre + half[0] - half[1], centre + half[0] + half[1], centre - half[0] + half[1]])
            cv2.fillConvexPoly(donor, np.round(corners * 16).astype(np.int32), tuple(float(v) for v in pad), cv2.LINE_AA, 4)
    target = view[box]
    before = target.copy()
    target += mask[:, :, None] * (donor - target)
    return box, solid, lab_distance(before, target, solid)


def turn_in_place(view: np.ndarray, outline: np.ndarray, rng: Rng) -> tuple[np.ndarray, float] | None:
    """Turn a part by half a turn, or a quarter where it is about square. Returns mask and visibility."""
    size = view.shape[0]
    low, high = np.floor(outline.min(0) - 3).astype(int), np.ceil(outline.max(0) + 4).astype(int)
    if (low < 1).any() or (high > size - 1).any():
        return None
    sides = np.hypot(*(outline[1] - outline[0])), np.hypot(*(outline[2] - outline[1]))
    square = min(sides) > 0.8 * max(sides)
    quarter = 90 * int(rng.choice([1, 2, 3])) if square else 180
    box = slice(low[1], high[1]), slice(low[0], high[0])
    target = view[box]
    before = target.copy()
    middle = outline.mean(0) - low
    turned = cv2.warpAffine(before, cv2.getRotationMatrix2D(tuple(map(float, middle)), quarter, 1.0), before.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    solid = np.zeros(target.shape[:2], np.float32)
    cv2.fillConvexPoly(solid, np.round((outline - low) * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    target += cv2.GaussianBlur(solid, (0, 0), rng.uniform(0.3, 1.0))[:, :, None] * (turned - target)
    mask = np.zeros((size, size), np.float32)
    mask[box] = solid
    return mask, lab_distance(before, target, solid)


def paste_own_back(view: np.ndarray, rng: Rng) -> None:
    """A decoy on one side: the view's own pixels through the same cutting, resampling and feathering."""
    size = view.shape[0]
    wanted = np.exp(rng.uniform(np.log(8), np.log(70)))
    half = wanted / 2 * np.exp(rng.normal(0, 0.25, 2))
    middle = rng.uniform(half + 4, size - half - 4)
    a = rng.uniform(0, np.pi)
    turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    corners = (np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half) @ turn.T + middle
    cover = np.zeros((size, size), np.float32)
    cv2.fillConvexPoly(cover, np.round(corners * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    cover = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.3, 1.5))
    shift = rng.normal(0, 0.4, 2)
    again = cv2.warpAffine(view, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (size, size), borderMode=cv2.BORDER_REPLICATE)
    again *= np.exp(rng.normal(0, 0.06))
    if rng.random() < 0.3:  # or the shadow of something that is not in the picture
        again *= rng.uniform(0.45, 0.9)
        cover = cv2.GaussianBlur(cover, (0, 0), rng.uniform(1.5, 6))
    view += cover[:, :, None] * (again - view)
