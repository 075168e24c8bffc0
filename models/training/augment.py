"""Random geometry and random light for one training crop."""

from __future__ import annotations

import cv2
import numpy as np

from scenes import Scene

Rng = np.random.Generator


def random_surface(size: int, rng: Rng) -> np.ndarray:
    """A part-free table, paper or cloth: what lies around a board in a photo."""
    base = rng.uniform(0, 255, 3) if rng.random() < 0.4 else np.full(3, rng.choice([rng.uniform(180, 255), rng.uniform(0, 80), rng.uniform(0, 255)]))
    surface = np.broadcast_to(base, (size, size, 3)).astype(np.float32).copy()
    for cells in (2, 8, 64):
        strength = rng.uniform(0, 18)
        field = rng.normal(0, strength, (cells, cells if rng.random() < 0.7 else max(2, cells // 8), 1)).astype(np.float32)
        surface += cv2.resize(field, (size, size), interpolation=cv2.INTER_CUBIC)[:, :, None]
    return np.clip(surface, 0, 255).astype(np.uint8)


def crop(scene: Scene, size: int, rng: Rng) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Cut a size x size picture around some part, at a random scale and angle.

    Returns picture, boxes [N, 4] (x0, y0, x1, y1, clipped), labels, and which boxes are only to be ignored
    (too small, or cut off by the edge so far that nobody could tell what they are).
    """
    height, width = scene.image.shape[:2]
    if len(scene.labels):
        chosen = scene.outlines[rng.integers(len(scene.labels))]
        extent = np.ptp(chosen, axis=0)
        wanted = np.exp(rng.uniform(np.log(9), np.log(180)))
        scale = float(np.clip(wanted / max(np.sqrt(extent[0] * extent[1]), 1), max(0.3, 0.75 * size / max(width, height)) if rng.random() < 0.8 else 0.3, 2.2))
        focus = chosen.mean(0) + rng.uniform(-0.42, 0.42, 2) * size / scale
    else:
        scale, focus = float(np.exp(rng.uniform(-1, 0.7))), rng.uniform(0, 1, 2) * [width, height]
    if rng.random() < 0.85:  # mostly keep the crop on the photo: empty table teaches little for its price
        room = size / scale / 2
        for axis, length in enumerate((width, height)):
            focus[axis] = np.clip(focus[axis], room, length - room) if length > 2 * room else length / 2
    image = scene.image
    shrink = 1.0
    if scale < 0.6:  # shrink with area averaging first: a bilinear warp would alias
        shrink = max(scale * 1.15, 0.3)
        image = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    stretch = np.exp(rng.normal(0, 0.06, 2)) if rng.random() < 0.6 else np.ones(2)
    mirror = -1.0 if rng.random() < 0.3 else 1.0
    quarter = rng.integers(4) * 90.0
    if scene.exact:
        wobble = rng.uniform(-45, 45) if rng.random() < 0.6 else rng.normal(0, 2)
    else:
        wobble = float(np.clip(rng.normal(0, 3), -7, 7)) if rng.random() < 0.7 else 0.0

    def linear(angle: float) -> np.ndarray:
        a = np.deg2rad(angle)
        turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        return turn @ np.diag([mirror * scale * stretch[0], scale * stretch[1]])

    matrix = linear(quarter + wobble)
    centre = np.array([size / 2, size / 2]) - matrix @ focus
    warp = np.hstack([matrix / shrink, centre[:, None]]).astype(np.float32)
    picture = cv2.warpAffine(image, warp, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    inside = cv2.warpAffine(np.full(image.shape[:2], 255, np.uint8), warp, (size, size), flags=cv2.INTER_NEAREST)
    if not inside.all():
        surface = random_surface(size, rng)
        picture = np.where(inside[:, :, None] > 0, picture, surface)

    points = scene.outlines @ matrix.T + centre
    low, high = points.min(1), points.max(1)
    if not scene.exact and abs(wobble) > 0.5 and len(points):
        # The hull of a turned box is too large and the unturned box too small: the truth lies between.
        plain = scene.outlines @ linear(quarter).T
        half = (np.ptp(plain, axis=1) + (high - low)) / 4
        middle = (low + high) / 2
        low, high = middle - half, middle + half
    return picture, *clip_boxes(np.hstack([low, high]), scene.labels, size)


def clip_boxes(boxes: np.ndarray, labels: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Clip to the crop, drop what is outside, mark what is hardly visible as ignored."""
    boxes = boxes.reshape(-1, 4).astype(np.float32)
    area = np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-3), axis=1)
    clipped = np.clip(boxes, 0, size)
    sides = clipped[:, 2:] - clipped[:, :2]
    seen = np.prod(np.maximum(sides, 0), axis=1) / area
    keep = (sides > 0.5).all(1)
    ignore = (seen < 0.4) | (sides.min(1) < 4)
    return clipped[keep], labels[keep], ignore[keep]


def _smooth_field(size: int, rng: Rng, cells: int) -> np.ndarray:
    return cv2.resize(rng.random((cells, cells), np.float32), (size, size), interpolation=cv2.INTER_CUBIC)


def sharpen(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Unsharp masking, now and then until every track under the mask shines."""
    amount = np.exp(rng.uniform(np.log(0.4), np.log(4)))
    return cv2.addWeighted(picture, 1 + amount, cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.8, 2.5)), -amount, 0)


def light(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Colour, exposure, shadow, glare, blur, noise and JPEG, each now and then."""
    size = picture.shape[0]
    if rng.random() < 0.45:  # another mask colour; sometimes a duller or a richer one
        hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
        hue = rng.integers(0, 180) if rng.random() < 0.7 else rng.integers(-8, 9)
        hsv[:, :, 0] = (hsv[:, :, 0].astype(np.int16) + hue) % 180
        hsv[:, :, 1] = cv2.convertScaleAbs(hsv[:, :, 1], alpha=rng.uniform(0.3, 1.3))
        picture = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    if rng.random() < 0.06:
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    ramp = np.arange(256, dtype=np.float32) / 255
    exposure, gamma = np.exp(rng.normal(0, 0.25)), np.exp(rng.normal(0, 0.25))
    lift = rng.uniform(0, 0.12) if rng.random() < 0.3 else 0
    table = [np.clip((lift + (1 - lift) * ramp**gamma) * exposure * np.exp(rng.normal(0, 0.06)), 0, 1) * 255 for _ in range(3)]
    picture = cv2.LUT(picture, np.stack(table, -1)[None].astype(np.uint8))
    if rng.random() < 0.35:  # a soft shadow, or a hand's hard one
        field = _smooth_field(size, rng, int(rng.integers(2, 5)))
        if rng.random() < 0.4:
            field = np.clip((field - 0.5) * rng.uniform(4, 30) + 0.5, 0, 1)
        picture = (picture * (1 - rng.uniform(0.2, 0.7) * np.clip(field, 0, 1))[:, :, None]).astype(np.uint8)
    if rng.random() < 0.15:  # glare: a lamp mirrored in the mask
        x, y, r = rng.uniform(0, size), rng.uniform(0, size), rng.uniform(10, 90)
        yy, xx = np.mgrid[:size, :size].astype(np.float32)
        spot = np.exp(-((xx - x) ** 2 + ((yy - y) * rng.uniform(0.5, 2)) ** 2) / (2 * r * r))
        picture = np.clip(picture + rng.uniform(60, 250) * spot[:, :, None], 0, 255).astype(np.uint8)
    chance = rng.random()
    if chance < 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.6))
    elif chance < 0.35:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(rng.integers(length))), (length - 1, int(rng.integers(length))), 1.0)
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    elif chance < 0.5:
        picture = sharpen(picture, rng)
    if rng.random() < 0.2:  # a coarser camera, or from farther away: fewer pixels, enlarged again
        shrink = np.exp(rng.uniform(np.log(0.45), np.log(0.9)))
        small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR)
    if rng.random() < 0.12:  # phones wash noise and fine detail away and sharpen what is left
        washed = cv2.medianBlur(picture, 3) if rng.random() < 0.5 else cv2.bilateralFilter(picture, 5, rng.uniform(10, 60), rng.uniform(1, 3))
        picture = sharpen(washed, rng)
    if rng.random() < 0.4:
        noise = np.empty(picture.shape, np.int16)
        cv2.randn(noise, 0, float(rng.uniform(1, 14)))
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        quality = int(rng.integers(35, 96))
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
    return picture
