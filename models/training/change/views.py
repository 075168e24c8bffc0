"""One place of a board, seen twice: two geometries and, later, two cameras.

A view is described by a map from its own pixels to the source picture's, so any chain of turns, tilts and
parallax costs one interpolation.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from augment import sharpen  # noqa: E402

Rng = np.random.Generator


@dataclass
class Sides:
    """Two clean float views of one place, and what is known of them."""

    a: np.ndarray
    b: np.ndarray
    field: np.ndarray  # how far the second looks from the first, crop pixels [size, size, 2]
    outlines: np.ndarray  # parts in the first view, the same in both and flat enough to move with the board
    matrix: np.ndarray  # crop pixels to source pixels
    trusted: np.ndarray | None = None  # where both show the same place for certain; None: everywhere
    taken: np.ndarray | None = None  # where parts are, besides `outlines`
    changed: list[tuple[int, np.ndarray, float]] = field(default_factory=list)  # side, mask, visibility
    doubtful: list[tuple[int, np.ndarray]] = field(default_factory=list)  # side, mask


def grid(size: int) -> np.ndarray:
    y, x = np.mgrid[:size, :size].astype(np.float32)
    return np.stack([x, y], -1)


def project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Homography on points [..., 2]."""
    flat = np.asarray(points, np.float64).reshape(-1, 2)
    out = np.hstack([flat, np.ones((len(flat), 1))]) @ matrix.T
    return (out[:, :2] / out[:, 2:]).reshape(np.shape(points))


def frame(shape, outlines: np.ndarray, size: int, rng: Rng) -> np.ndarray:
    """Crop pixels to source pixels (3x3): random place, scale, turn, mirror."""
    height, width = shape[:2]
    if len(outlines):
        chosen = outlines[rng.integers(len(outlines))]
        wanted = np.exp(rng.uniform(np.log(9), np.log(80)))
        scale = wanted / max(np.sqrt(np.prod(np.ptp(chosen, axis=0))), 1)
        focus = chosen.mean(0) + rng.uniform(-0.4, 0.4, 2) * size / scale
    else:
        scale, focus = np.exp(rng.normal(0, 0.35)), rng.uniform(0, 1, 2) * [width, height]
    scale = float(np.clip(scale, max(0.4, 0.8 * size / min(width, height)), 2.0))
    room = size / scale / 2
    for axis, length in enumerate((width, height)):
        focus[axis] = np.clip(focus[axis], room, length - room) if length > 2 * room else length / 2
    angle = np.deg2rad(rng.integers(4) * 90 + (rng.uniform(-45, 45) if rng.random() < 0.3 else rng.normal(0, 4)))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.diag([rng.choice([-1.0, 1.0]), 1.0]) / scale
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = focus - linear @ [size / 2, size / 2]
    return matrix


def residual(outlines: np.ndarray, size: int, rng: Rng, strength: float) -> np.ndarray:
    """What registration leaves: where view B looks, minus where view A looks, in crop pixels [size, size, 2].

    A slightly wrong homography, a smooth bend (lens, board), and parallax: each part is moved as a whole by its own
    height along one direction, whatever lies between is stretched, as the sides of a part are when the camera moves.
    """
    corners = np.float32([[0, 0], [size, 0], [size, size], [0, size]])
    slip = rng.normal(0, 1, 2) * rng.uniform(0, 2.5)
    jitter = rng.normal(0, 1, (4, 2)) * rng.uniform(0, 4) + slip
    matrix = cv2.getPerspectiveTransform(corners, (corners + jitter * strength).astype(np.float32))
    here = grid(size)
    field = cv2.perspectiveTransform(here.reshape(1, -1, 2), matrix).reshape(size, size, 2) - here
    cells = int(rng.integers(3, 6))
    bend = rng.normal(0, rng.uniform(0, 1.2), (cells, cells, 2)).astype(np.float32)
    field += cv2.resize(bend, (size, size), interpolation=cv2.INTER_CUBIC) * strength
    if rng.random() < 0.75:
        if not len(outlines):  # nobody told us where the parts are: any rectangle will do
            middle, half = rng.uniform(0, size, (8, 1, 2)), rng.uniform(6, 50, (8, 1, 2))
            outlines = middle + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        heights = np.zeros((size, size), np.float32)
        order = np.argsort([-np.prod(np.ptp(o, axis=0)) for o in outlines])
        for i in order:
            extent = np.ptp(outlines[i], axis=0)
            low = rng.random() < 0.6
            height = rng.uniform(0, 0.25) if low else rng.uniform(0, 1) * min(1, 0.25 + np.sqrt(np.prod(extent)) / 50)
            cv2.fillConvexPoly(heights, np.round(outlines[i] * 16).astype(np.int32), float(height), cv2.LINE_8, 4)
        heights = cv2.GaussianBlur(heights, (0, 0), rng.uniform(0.7, 2.0))
        direction = rng.normal(0, 1, 2)
        # Mostly what stays under local alignment; now and then a photo taken well from the side.
        reach = rng.uniform(2, 12) if rng.random() < 0.75 else rng.uniform(12, 36)
        direction *= strength * reach / np.linalg.norm(direction)
        field += heights[:, :, None] * direction.astype(np.float32)
    return field


def look(image: np.ndarray, matrix: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Sample the source picture at crop positions `places`, through `matrix` (crop to source)."""
    shrink = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if shrink > 1.5:  # area-average first, else it aliases
        image = cv2.resize(image, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
        matrix = np.diag([1 / shrink, 1 / shrink, 1]) @ matrix
    where = cv2.perspectiveTransform(places.reshape(1, -1, 2), matrix).reshape(places.shape).astype(np.float32)
    return cv2.remap(image, where, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def glint(picture: np.ndarray, rng: Rng) -> None:
    """Solder, pins and gloss shine differently from every side: highlights fade, move and flare, in place.

    A highlight is what is brighter than its surroundings. It lies on a curved surface and moves with the lamp and the
    camera, not with the board; single ones (a pin's tip, a solder joint) flash up or go out altogether.
    """
    size = picture.shape[0]
    detail = np.maximum(picture - cv2.blur(picture, (9, 9)), 0)
    strength = cv2.resize(rng.normal(0, 0.5, (6, 6)).astype(np.float32), (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:  # the whole of them moves
        shift = rng.normal(0, 1.5, 2)
        moved = cv2.warpAffine(detail, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (size, size))
        share = rng.uniform(0.3, 1)
        picture += share * (moved - detail)
        detail = moved
    picture += detail * np.clip(strength, -0.8, 1.2)[:, :, None]
    # Metal: bright for its surroundings, and grey or golden rather than the colour of a mask.
    shine = detail.min(2)
    y, x = np.nonzero(shine > max(8.0, float(np.quantile(shine[::4, ::4], 0.93))))
    if not len(y):
        return
    for i in rng.integers(len(y), size=int(rng.integers(0, 30))):
        radius = np.exp(rng.uniform(np.log(0.7), np.log(3.2), 2))
        reach = int(np.ceil(2.5 * radius.max()))
        rows, columns = slice(max(0, y[i] - reach), y[i] + reach + 1), slice(max(0, x[i] - reach), x[i] + reach + 1)
        patch = picture[rows, columns]
        v, u = np.mgrid[rows.start - y[i] : rows.start - y[i] + patch.shape[0], columns.start - x[i] : columns.start - x[i] + patch.shape[1]]
        a = rng.uniform(0, np.pi)
        along, across = u * np.cos(a) + v * np.sin(a), v * np.cos(a) - u * np.sin(a)
        spot = np.exp(-0.5 * ((along / radius[0]) ** 2 + (across / radius[1]) ** 2)).astype(np.float32)[:, :, None]
        if rng.random() < 0.65:
            patch += rng.uniform(0.2, 1.0) * spot * (255 - np.minimum(patch, 255))
        else:  # goes out: down to what lies around it
            around = np.median(patch.reshape(-1, 3), axis=0)
            patch += rng.uniform(0.3, 1.0) * spot * (np.minimum(around, patch) - patch)


def shine(picture: np.ndarray, parts: np.ndarray, rng: Rng) -> None:
    """Grazing light, in place: tracks and vias under the mask stand out in relief and mirror the lamp; `parts` hardly do.

    Copper a twentieth of a millimetre high, invisible in one photo, covers half of the next one with white lines and dots.
    It is lit where it slopes towards the lamp, faint tracks as brightly as bold ones, in the part of the board that mirrors.
    """
    size = picture.shape[0]
    grey = picture.mean(2)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), rng.uniform(1.5, 4))
    relief = fine / np.sqrt(cv2.GaussianBlur(fine * fine, (0, 0), 12) + rng.uniform(1, 5) ** 2)
    if rng.random() < 0.6:  # copper that the other photo does not show at all: patches of parallel tracks, and of vias
        relief *= rng.uniform(0.3, 1)
        relief += rng.uniform(0.3, 1.2) * _copper(size, rng)
    relief = cv2.GaussianBlur(relief, (0, 0), rng.uniform(0.5, 1.1))
    towards = rng.uniform(0, 2 * np.pi)
    slope = np.cos(towards) * cv2.Sobel(relief, cv2.CV_32F, 1, 0) + np.sin(towards) * cv2.Sobel(relief, cv2.CV_32F, 0, 1)
    top = rng.uniform(0, 1)  # between a sharp ridge and a round one
    spark = np.clip(top * relief + (1 - top) * slope / 2 - rng.uniform(-0.2, 0.6), 0, 1.5)
    cells = int(rng.integers(2, 6))
    lit = cv2.resize(rng.random((cells, cells), np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    lit = np.clip((lit - rng.uniform(-0.4, 0.6)) * rng.uniform(1.5, 6), 0, 1)
    if rng.random() < 0.5:  # it glitters: mask is no mirror
        grain = cv2.resize(rng.random((size // 2, size // 2), np.float32), (size, size), interpolation=cv2.INTER_LINEAR)
        spark *= np.clip(0.3 + 1.4 * grain, 0, 1.5)
    spark *= 1 - rng.uniform(0.6, 1) * parts
    tint = np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    picture += (np.exp(rng.uniform(np.log(25), np.log(260))) * lit * spark)[:, :, None] * tint
    if rng.random() < 0.5:  # and a veil over all that mirrors
        picture += (rng.uniform(0, 50) * lit)[:, :, None] * tint


def _copper(size: int, rng: Rng) -> np.ndarray:
    """Random tracks and vias, about -1 to 1: each patch has a direction, a pitch and a kind of its own."""
    x, y = grid(size)[:, :, 0], grid(size)[:, :, 1]
    out = np.zeros((size, size), np.float32)
    patches = cv2.resize(rng.integers(0, 5, (int(rng.integers(3, 9)),) * 2).astype(np.uint8), (size, size), interpolation=cv2.INTER_NEAREST)
    for patch in range(1, 5):  # what is left is bare
        a, pitch = np.deg2rad(45 * rng.integers(8) + rng.normal(0, 4)), rng.uniform(3.5, 12)
        along, across = x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)
        wave = np.cos(across * (2 * np.pi / pitch))
        if rng.random() < 0.35:
            wave = np.minimum(wave, np.cos(along * (2 * np.pi / pitch)))
        out += (patches == patch) * wave
    return out


class Camera:
    """Light and camera, drawn anew for each view. Noise comes from a bank: fresh noise costs more than the rest."""

    def __init__(self, rng: Rng):
        self.noise = rng.normal(0, 1, (700, 700, 3)).astype(np.float32)

    def __call__(self, picture: np.ndarray, rng: Rng) -> np.ndarray:
        size = picture.shape[0]
        out = picture.astype(np.float32)
        if rng.random() < 0.6:
            glint(out, rng)
        if rng.random() < 0.6:  # uneven light, a soft shadow, or a hard one
            cells = int(rng.integers(2, 5))
            field = cv2.resize(rng.random((cells, cells), np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
            if rng.random() < 0.3:
                field = np.clip((field - 0.5) * rng.uniform(3, 40) + 0.5, 0, 1)
            out *= (1 - rng.uniform(0, 0.6) * field)[:, :, None]
        if rng.random() < 0.2:  # a lamp mirrored in the mask
            x, y = rng.uniform(0, size, 2)
            rx, ry = np.exp(rng.uniform(np.log(4), np.log(70), 2))
            here = grid(size)
            spot = np.exp(-(((here[:, :, 0] - x) / rx) ** 2 + ((here[:, :, 1] - y) / ry) ** 2))
            out += rng.uniform(30, 230) * spot[:, :, None]
        gamma, exposure = np.exp(rng.normal(0, 0.18)), np.exp(rng.normal(0, 0.22))
        balance = np.exp(rng.normal(0, 0.07, 3))
        ramp = np.arange(256, dtype=np.float32) / 255
        lift = rng.uniform(0, 0.1) if rng.random() < 0.3 else 0.0
        table = np.stack([np.clip((lift + (1 - lift) * ramp**gamma) * exposure * b, 0, 1) * 255 for b in balance], -1)
        out = cv2.LUT(np.clip(out, 0, 255).astype(np.uint8), table[None].astype(np.float32))
        if rng.random() < 0.25:  # a coarser camera, or from farther away: fewer pixels, enlarged again
            small = cv2.resize(out, None, fx=(shrink := np.exp(rng.uniform(np.log(0.4), np.log(0.9)))), fy=shrink, interpolation=cv2.INTER_AREA)
            out = cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR)
        chance = rng.random()
        if chance < 0.4:
            out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.5))
        elif chance < 0.48:
            length = int(rng.integers(3, 7))
            kernel = np.zeros((length, length), np.float32)
            cv2.line(kernel, (0, int(rng.integers(length))), (length - 1, int(rng.integers(length))), 1.0)
            out = cv2.filter2D(out, -1, kernel / kernel.sum())
        elif chance < 0.7:
            out = sharpen(out, rng)
        if rng.random() < 0.6:
            y, x = rng.integers(0, 700 - size, 2)
            noise = self.noise[y : y + size, x : x + size]
            if rng.random() < 0.5:
                noise = cv2.blur(noise, (2, 2)) * 2
            out = out + noise * np.float32(np.exp(rng.uniform(np.log(0.8), np.log(9))))
        if rng.random() < 0.2:  # phones wash noise and fine detail away and sharpen what is left
            if rng.random() < 0.5:
                out = cv2.medianBlur(out, 3 if rng.random() < 0.7 else 5)
            else:
                out = cv2.bilateralFilter(out, 5, rng.uniform(10, 60), rng.uniform(1, 3))
            out = sharpen(out, rng)
        out = np.clip(out, 0, 255).astype(np.uint8)
        if rng.random() < 0.6:
            quality = int(rng.integers(40, 96))
            out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
        return out
