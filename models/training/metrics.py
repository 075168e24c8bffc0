"""Non-maximum suppression, average precision and recall by size. Plain numpy, no part of the network."""

from __future__ import annotations

import numpy as np

SIZES = {"<16": (0, 16), "16-30": (16, 30), "30-60": (30, 60), ">60": (60, 1e9)}


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU of every box in a [N, 4] with every box in b [M, 4]."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    overlap = np.maximum(high - low, 0).prod(2)
    areas = [np.maximum(x[:, 2:] - x[:, :2], 0).prod(1) for x in (a, b)]
    return overlap / np.maximum(areas[0][:, None] + areas[1][None] - overlap, 1e-9)


def suppress(boxes: np.ndarray, scores: np.ndarray, limit: float) -> np.ndarray:
    """Indices that stay, best first: class-agnostic, because two parts rarely share a place."""
    order = np.argsort(-scores)
    overlaps = iou(boxes[order], boxes[order]) > limit
    dead = np.zeros(len(order), bool)
    keep = []
    for i in range(len(order)):
        if not dead[i]:
            keep.append(order[i])
            dead |= overlaps[i]
    return np.array(keep, int)


def match(boxes, scores, truth, limit=0.5):
    """Greedy by score, each true box once. Returns for each detection the true box's index or -1."""
    result = np.full(len(boxes), -1)
    if not len(truth) or not len(boxes):
        return result
    table = iou(boxes, truth)
    free = np.ones(len(truth), bool)
    for i in np.argsort(-scores):
        overlap = np.where(free, table[i], 0)
        best = int(overlap.argmax())
        if overlap[best] >= limit:
            result[i] = best
            free[best] = False
    return result


def average_precision(scores: np.ndarray, correct: np.ndarray, total: int) -> float:
    """Area under the precision/recall curve, precision made monotonic (COCO and VOC 2010+)."""
    if total == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(correct[order])
    recall = hits / total
    precision = hits / np.arange(1, len(hits) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate([[0], recall])) * precision)) if len(hits) else 0.0


def summarise(results: list[dict], threshold: float) -> dict:
    """`results`: one dict a photo with boxes, scores, kinds (class index), truth, labels (true class)."""
    scores = np.concatenate([r["scores"] for r in results])
    matched = [match(r["boxes"], r["scores"], r["truth"]) for r in results]
    correct = np.concatenate([m >= 0 for m in matched])
    total = sum(len(r["truth"]) for r in results)
    out = {"ap50": average_precision(scores, correct, total), "parts": total}
    out["precision"] = float(correct[scores >= threshold].mean()) if (scores >= threshold).any() else float("nan")
    size_of, found, hits, right = [], [], 0, 0
    for r, m in zip(results, matched):
        got = np.zeros(len(r["truth"]), bool)
        for i in np.flatnonzero((m >= 0) & (r["scores"] >= threshold)):
            got[m[i]] = True
            hits += 1
            right += int(r["kinds"][i] == r["labels"][m[i]])
        found.append(got)
        sides = r["truth"][:, 2:] - r["truth"][:, :2]
        size_of.append(np.sqrt(np.maximum(sides.prod(1), 0)))
    found, size_of = np.concatenate(found), np.concatenate(size_of)
    out["recall"] = float(found.mean()) if total else float("nan")
    out["kindRight"] = right / hits if hits else float("nan")
    out["recallBySize"] = {}
    for name, (low, high) in SIZES.items():
        chosen = (size_of >= low) & (size_of < high)
        out["recallBySize"][name] = (float(found[chosen].mean()) if chosen.any() else float("nan"), int(chosen.sum()))
    return out


def by_class(results: list[dict], classes: list[str]) -> dict[str, tuple[float, int]]:
    """AP50 of each class: a detection counts when box and class agree."""
    out = {}
    for index, name in enumerate(classes):
        scores, correct, total = [], [], 0
        for r in results:
            mine = r["kinds"] == index
            truth = r["truth"][r["labels"] == index]
            total += len(truth)
            scores.append(r["scores"][mine])
            correct.append(match(r["boxes"][mine], r["scores"][mine], truth) >= 0)
        if total:
            out[name] = (average_precision(np.concatenate(scores), np.concatenate(correct), total), total)
    return out
