"""The endless stream of training pairs: reference, photo, and what was added or removed, cell by cell.

Geometry first (two clean views of one place), then edits, then each view's own light and camera. So a plant goes
through the same light, blur, noise and JPEG as the board around it, and no trace of the editing tells it apart.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from boards.packages import drawn_packages  # noqa: E402
from cache import load_drawn  # noqa: E402
from edits import CLEAR, FAINT, Placed, erase, paste, paste_own_back, random_look, turn_in_place  # noqa: E402
from pair_index import read  # noqa: E402
from rendered import read_rendered, rendered_pair  # noqa: E402
from samples import CutOuts  # noqa: E402
from scenes import Scene, held_out, is_single_part, read_oleg, read_yellowlabs  # noqa: E402
from views import Camera, Rng, Sides, frame, grid, look, project, residual, shine  # noqa: E402

STRIDE = 4
# How often each kind of source is drawn; the rest are photos of boards, and so are kinds the cache does not have.
SHARES = {"real": 0.18, "drawn": 0.1, "oleg": 0.07, "plain": 0.1, "rendered": 0.42}
ROWS = 0.3  # share of the pairs with a row of like parts
SHINES = 0.2  # share of the views lit so that the copper under the mask shines
REAL_SHARES = {"rgoomer": 0.75, "oleg": 0.25}


@dataclass
class Shot:
    """Two real photos of one board: `matrix` maps pixels of a to pixels of b, `hull` is where we trust it, in a."""

    name: str
    a: np.ndarray
    b: np.ndarray
    matrix: np.ndarray
    hull: np.ndarray


def read_shots(data: Path, cache: Path) -> list[Shot]:
    pictures: dict[str, np.ndarray] = {}

    def picture(name: str) -> np.ndarray:
        if name not in pictures:
            pictures[name] = read(data / "train" / name)
        return pictures[name]

    return [
        Shot(p["set"], picture(p["a"]), picture(p["b"]), np.linalg.inv(np.array(p["matrix"])), np.array(p["hull"], np.float32))
        for p in json.loads((cache / "real_pairs.json").read_text())
    ]


def read_plain(data: Path) -> list[Scene]:
    """Photos of whole machines and boards without boxes."""
    scenes = []
    for folder in ("dasharo", "coreboot"):
        for path in sorted((data / "train" / folder).rglob("*.jp*g")):
            image = read(path)
            if min(image.shape[:2]) >= 300:
                scenes.append(Scene(path.stem, image, np.zeros((0, 4, 2), np.float32), np.zeros(0, np.int64)))
    return scenes


def to_cells(mask: np.ndarray) -> np.ndarray:
    """Share of each stride-4 cell that a full-size mask covers."""
    size = mask.shape[0] // STRIDE
    return cv2.resize(mask, (size, size), interpolation=cv2.INTER_AREA)


class Label:
    """Target (0 or 1) and weight (0 = not asked) of one side, kept at cell size."""

    def __init__(self, size: int):
        cells = size // STRIDE
        self.target, self.weight = np.zeros((cells, cells), np.float32), np.ones((cells, cells), np.float32)
        self.boxes: list[tuple[float, float, float, float]] = []

    def changed(self, mask: np.ndarray, visibility: float) -> None:
        cover = to_cells(mask)
        if cover.max() <= 0:
            return
        core = cover >= min(0.5, cover.max() * 0.75)  # a part smaller than a cell still has one
        near = cv2.dilate((cover > 0.02).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if visibility < FAINT:
            self.weight[core] = 0
        elif visibility < CLEAR:
            self.weight[near] = 0
        else:
            self.weight[near & (self.target == 0)] = 0
            self.target[core], self.weight[core] = 1, 1
            y, x = np.nonzero(mask > 0.5)
            if len(y):
                self.boxes.append((x.min(), y.min(), x.max() + 1, y.max() + 1))

    def unknown(self, mask: np.ndarray) -> None:
        self.weight[(to_cells(mask) > 0.02) & (self.target == 0)] = 0


class PairMaker:
    """Everything loaded once; `pair(rng)` makes one training example."""

    def __init__(self, data: Path, cache: Path, size: int, validation: bool = False):
        rng = np.random.default_rng(0)
        self.size, self.here, self.camera = size, grid(size), Camera(rng)
        photos = [s for s in read_yellowlabs(data) if held_out(s.name) == validation]
        close_ups = [s for s in photos if is_single_part(s)]
        photos = [s for s in photos if not is_single_part(s) and 25 < s.image.mean() < 235]
        oleg = [] if validation else read_oleg(data)
        self.pools = {
            "photos": photos, "oleg": oleg,
            "drawn": [s for s in load_drawn(cache) if s.name.startswith("held-out") == validation],
            "plain": [s for s in read_plain(data) if held_out(s.name, 0.15) == validation],
        }
        self.rendered = read_rendered(cache, validation)
        shots = read_shots(data, cache)
        self.shots = {name: [s for s in shots if s.name == name] for name in (("open-aoi",) if validation else ("rgoomer", "oleg"))}
        self.cut_outs = [p for p, _ in CutOuts(photos + oleg, close_ups, rng).patches if 8 < p.mean() < 240 and p.std() > 6]
        self.packages = [picture for picture, _ in drawn_packages(300 if validation else 1500, rng)]

    def __str__(self) -> str:
        sizes = {**{k: len(v) for k, v in self.pools.items()}, **{f"shots {k}": len(v) for k, v in self.shots.items()}}
        return f"{sizes}, {sum(map(len, self.rendered))} renders, {len(self.cut_outs)} cut-outs"

    def views(self, rng: Rng, kind: str | None = None) -> Sides:
        size = self.size
        chance = rng.random()
        if kind is None:
            kind, total = "photos", 0.0
            for name, share in SHARES.items():
                total += share
                if chance < total:
                    kind = name
                    break
        strength = rng.choice([0.0, 0.4, 1.0, 1.0])
        if kind == "rendered" and self.rendered:
            return rendered_pair(self.rendered, size, rng, strength)
        if kind == "real":
            names = list(self.shots)
            name = names[0] if len(names) == 1 or rng.random() < REAL_SHARES["rgoomer"] else names[1]
            shot = self.shots[name][rng.integers(len(self.shots[name]))]
            matrix = frame(shot.a.shape, shot.hull[rng.integers(len(shot.hull))][None, None].repeat(4, 1) + rng.normal(0, 20, (1, 4, 2)), size, rng)
            field = residual(np.zeros((0, 4, 2)), size, rng, 0.3 * strength)
            a = look(shot.a, matrix, self.here)
            b = look(shot.b, shot.matrix @ matrix, self.here + field)
            trusted = np.zeros((size, size), np.float32)
            cv2.fillConvexPoly(trusted, np.round(project(np.linalg.inv(matrix), shot.hull)).astype(np.int32), 1.0)
            return Sides(a.astype(np.float32), b.astype(np.float32), field, np.zeros((0, 4, 2)), matrix, trusted)
        pool = self.pools.get(kind) or self.pools["photos"]
        scene = pool[rng.integers(len(pool))]
        matrix = frame(scene.image.shape, scene.outlines, size, rng)
        outlines = project(np.linalg.inv(matrix), scene.outlines) if len(scene.outlines) else scene.outlines
        low, high = outlines.min(1), outlines.max(1)
        outlines = outlines[((high > 0) & (low < size)).all(1)] if len(outlines) else outlines
        field = residual(outlines, size, rng, strength)
        a, b = look(scene.image, matrix, self.here), look(scene.image, matrix, self.here + field)
        return Sides(a.astype(np.float32), b.astype(np.float32), field, outlines, matrix)

    def pair(self, rng: Rng, kind: str | None = None) -> dict[str, np.ndarray]:
        size = self.size
        sides = self.views(rng, kind)
        field, outlines, trusted, matrix = sides.field, sides.outlines, sides.trusted, sides.matrix
        views, labels = [sides.a, sides.b], [Label(size), Label(size)]  # 0: reference, 1: photo
        softness = max(0.0, 0.6 / np.sqrt(abs(np.linalg.det(matrix[:2, :2]))) - 0.3)
        taken = np.zeros((size, size), np.float32) if sides.taken is None else sides.taken.copy()
        for outline in outlines:
            cv2.fillConvexPoly(taken, np.round(outline * 16).astype(np.int32), 1.0, cv2.LINE_8, 4)

        for view in views:  # before anything is planted: a part covers what shines below it
            if rng.random() < SHINES:
                shine(view, taken, rng)

        def in_b(points: np.ndarray) -> np.ndarray:
            """Where the second view shows what the first shows at `points`."""
            x, y = np.clip(np.round(points.mean(0)), 0, size - 1).astype(int)
            return points - field[y, x]

        def mask_of(corners: np.ndarray) -> np.ndarray:
            mask = np.zeros((size, size), np.float32)
            cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
            return mask

        for side in (0, 1):
            for _ in range(int(rng.integers(0, 3))):
                paste_own_back(views[side], rng)
        edited = rng.random() < 0.72
        used: list[np.ndarray] = []
        for side, mask, visibility in sides.changed:
            labels[side].changed(mask, visibility)
            y, x = np.nonzero(mask > 0)
            if len(y):
                used.append(np.array([x.min() - 4, y.min() - 4, x.max() + 4, y.max() + 4]))
        for side, mask in sides.doubtful:
            labels[side].unknown(mask)

        def free(box: np.ndarray) -> bool:
            return all(box[2] < u[0] or box[0] > u[2] or box[3] < u[1] or box[1] > u[3] for u in used)

        if edited and len(outlines):  # parts taken off or turned, on one side
            for i in rng.permutation(len(outlines))[: int(rng.integers(0, 4))]:
                sides = np.hypot(*(outlines[i][1] - outlines[i][0])), np.hypot(*(outlines[i][2] - outlines[i][1]))
                if min(sides) < 6 or max(sides) > 90:
                    continue
                side = int(rng.integers(2))  # the side that loses it; the other one has a part too much
                outline = outlines[i] if side == 0 else in_b(outlines[i])
                box = np.concatenate([outline.min(0) - 4, outline.max(0) + 4])
                if not free(box):
                    continue
                if rng.random() < 0.2:
                    if turned := turn_in_place(views[side], outline, rng):
                        used.append(box)
                        labels[side].changed(*turned)
                        labels[1 - side].changed(mask_of(in_b(outlines[i]) if side == 0 else outlines[i]), turned[1])
                    continue
                done = erase(views[side], outline, taken, rng)
                if done is None:
                    continue
                used.append(box)
                labels[1 - side].changed(mask_of(in_b(outlines[i]) if side == 0 else outlines[i]), done[2])
        if rng.random() < ROWS:
            self.row(views, labels, used, free, in_b, trusted, softness, edited, rng)
        for _ in range(int(rng.integers(1, 6))):
            decoy = not edited or rng.random() < 0.3
            pool = self.packages if rng.random() < 0.5 else self.cut_outs
            patch = pool[rng.integers(len(pool))]
            wanted = np.exp(rng.uniform(np.log(8), np.log(80 if rng.random() < 0.4 else 34)))
            replaces = not decoy and len(outlines) > 0 and rng.random() < 0.25
            if replaces:  # another part on a fitted site
                outline = outlines[rng.integers(len(outlines))]
                middle = outline.mean(0)
                wanted = float(np.clip(np.sqrt(abs(cv2.contourArea(outline.astype(np.float32)))) * rng.uniform(0.9, 1.3), 8, 100))
            else:
                middle = rng.uniform(wanted * 0.7 + 2, size - wanted * 0.7 - 2, 2)
            angle = rng.integers(4) * 90 + (rng.uniform(-45, 45) if rng.random() < 0.35 else rng.normal(0, 3))
            if trusted is not None and trusted[int(np.clip(middle[1], 0, size - 1)), int(np.clip(middle[0], 0, size - 1))] == 0:
                continue
            if (middle < 6).any() or (middle > size - 6).any():
                continue
            at = [middle, in_b(middle[None])[0]]
            reach = wanted * 0.75
            box = np.concatenate([np.minimum(*at) - reach, np.maximum(*at) + reach])
            if not free(box):
                continue
            used.append(box)
            looks = random_look(views[0], wanted, rng, softness)
            if decoy:  # the same thing on both sides: only its own light may differ a little
                for side in (0, 1):
                    placed = Placed(patch, wanted, angle + rng.normal(0, 1), at[side] + rng.normal(0, 0.7, 2), size)
                    paste(views[side], placed, {**looks, "gain": looks["gain"] * np.exp(rng.normal(0, 0.04))})
                continue
            side = int(rng.integers(2))
            placed = Placed(patch, wanted, angle, at[side], size)
            visibility = paste(views[side], placed, looks)
            mask = np.zeros((size, size), np.float32)
            mask[placed.box] = placed.cover
            labels[side].changed(mask, visibility)
            # What it covers has gone from this view: known where parts are outlined, unknown elsewhere.
            other = mask_of(at[1 - side] + placed.corners - at[side])
            if replaces:
                covered = mask_of(outline if side == 1 else in_b(outline))
                labels[1 - side].changed(covered * other if other.sum() else covered, visibility)
            labels[1 - side].unknown(other)
        if trusted is not None:
            for label in labels:
                label.weight[to_cells(trusted) < 0.99] = 0
        if rng.random() < 0.08:  # the photo does not reach that far
            corners = np.array([[-size, -size], [2 * size, -size], [2 * size, 0], [-size, 0]]) + [0, rng.uniform(0, 0.3) * size]
            turn = cv2.getRotationMatrix2D((size / 2, size / 2), float(rng.uniform(0, 360)), 1.0)
            beyond = mask_of(corners @ turn[:, :2].T + turn[:, 2])
            views[1][beyond > 0] = 0
            for label in labels:
                label.weight[to_cells(beyond) > 0] = 0
        reference, photo = (self.camera(v, rng) for v in views)
        return {
            "reference": reference, "photo": photo,
            "target": np.stack([labels[1].target, labels[0].target]), "weight": np.stack([labels[1].weight, labels[0].weight]),
            "boxes": [np.array(label.boxes, np.float32).reshape(-1, 4) for label in (labels[1], labels[0])],
        }

    def row(self, views, labels, used, free, in_b, trusted, softness: float, edited: bool, rng: Rng) -> None:
        """Two to six like parts side by side on both sides; where edited, one or two are missing, or others, on one side.

        Each is explained by its neighbour, which looks the same and lies within the window: what boards are full of.
        """
        size = self.size
        pool = self.packages if rng.random() < 0.6 else self.cut_outs
        patch = pool[rng.integers(len(pool))]
        wanted = np.exp(rng.uniform(np.log(9), np.log(44)))
        angle = rng.integers(4) * 90 + rng.normal(0, 3)
        height, width = patch.shape[:2]
        long, short = wanted * np.sqrt(np.array([width / height, height / width]))
        along = 0 if rng.random() < 0.35 else 90  # end to end, or side by side
        pitch = (long if along == 0 else short) * rng.uniform(1.15, 2.2) + rng.uniform(0, 6)
        way = np.deg2rad(angle + along)
        count = int(rng.integers(2, 7))
        steps = (np.arange(count) - (count - 1) / 2)[:, None] * pitch * np.array([np.cos(way), np.sin(way)])
        middles = rng.uniform(0.2 * size, 0.8 * size, 2) + steps
        reach = 0.5 * max(long, short) + 3
        looks = random_look(views[0], wanted, rng, softness)
        places = []
        for middle in middles:
            at = [middle, in_b(middle[None])[0]]
            box = np.concatenate([np.minimum(*at) - reach, np.maximum(*at) + reach])
            x, y = np.clip(np.round(middle), 0, size - 1).astype(int)
            if (box < 6).any() or (box > size - 6).any() or not free(box) or (trusted is not None and trusted[y, x] == 0):
                continue
            places.append((at, box))
        used.extend(box for _, box in places)
        odd = set(rng.choice(len(places), min(len(places), 1 if rng.random() < 0.7 else 2), replace=False)) if edited and places else set()
        side = int(rng.integers(2))
        other = pool[rng.integers(len(pool))] if rng.random() < 0.35 else None  # in its place, or nothing

        def put(s: int, what: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, float]:
            placed = Placed(what, wanted, angle + rng.normal(0, 1), at + rng.normal(0, 0.4, 2), size)
            visibility = paste(views[s], placed, {**looks, "gain": looks["gain"] * np.exp(rng.normal(0, 0.04))})
            mask = np.zeros((size, size), np.float32)
            mask[placed.box] = placed.cover
            return mask, visibility

        for i, (at, _) in enumerate(places):
            if i not in odd:
                put(0, patch, at[0])
                put(1, patch, at[1])
                continue
            mask, visibility = put(side, patch, at[side])
            labels[side].changed(mask, visibility)
            if other is None:
                labels[1 - side].unknown(mask)  # what it covers is seen on the other side
            else:
                labels[1 - side].changed(*put(1 - side, other, at[1 - side]))


class Pairs(IterableDataset):
    """Batches for the training loop. Each pair is given twice, turned: making one costs as much as learning from it."""

    def __init__(self, maker: PairMaker, batch: int, seed: int):
        self.maker, self.batch, self.seed = maker, batch, seed

    def __iter__(self):
        cv2.setNumThreads(0)
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        store: list[dict] = []
        while True:
            fresh = []
            while len(fresh) < self.batch // 2:
                fresh.append(self.maker.pair(rng))
            store = (store + fresh)[-256:]
            old = [store[i] for i in rng.choice(len(store), self.batch - len(fresh))]
            out = {k: [] for k in ("reference", "photo", "target", "weight")}
            for pair in fresh + old:
                quarter, mirror = int(rng.integers(4)), rng.random() < 0.5
                for key in out:
                    x = pair[key] if key in ("target", "weight") else pair[key].transpose(2, 0, 1)
                    x = np.rot90(x, quarter, (1, 2))
                    out[key].append(np.ascontiguousarray(x[:, :, ::-1] if mirror else x))
            yield {k: torch.from_numpy(np.stack(v)) for k, v in out.items()}
