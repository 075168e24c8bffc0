"""Measure the shipped detector.onnx: eval/same-board (quoted, never trained on), and the validation split.

    python evaluate.py --data ../../../shared/data --cache /tmp/boardiff-cache [--write] [--overlays DIR]

`--choose` picks the two thresholds from validation photos alone and writes them into detector.json.
`--write` puts the figures of same-board into detector.json.
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

import cv2
import numpy as np

from cache import load_drawn
from classes import CLASSES
from detect import detect
from export import MODELS, session
from metrics import by_class, match, summarise
from scenes import Scene, held_out, is_single_part, read_same_board, read_yellowlabs

HERE = Path(__file__).parent
COMMAND = "python models/training/evaluate.py --cache CACHE"


def run_all(scenes: list[Scene], contract: dict, floor: float = 0.02) -> list[dict]:
    model = session(MODELS / contract["file"])
    run = lambda batch: model.run(None, {contract["input"]["name"]: batch})[0]  # noqa: E731
    results = []
    for scene in scenes:
        truth = np.hstack([scene.outlines.min(1), scene.outlines.max(1)])
        results.append({**detect(run, scene.image, contract, floor), "truth": truth, "labels": scene.labels, "name": scene.name})
    return results


def show(title: str, results: list[dict], threshold: float, weak: float) -> dict:
    figures, low = summarise(results, threshold), summarise(results, weak)
    print(f"\n{title}: {len(results)} pictures, {figures['parts']} parts")
    print(f"  AP50 class-agnostic {figures['ap50']:.3f}")
    print(f"  at score {threshold:.2f}: precision {figures['precision']:.3f} recall {figures['recall']:.3f} class right {figures['kindRight']:.3f}")
    print(f"  at weak  {weak:.2f}: precision {low['precision']:.3f} recall {low['recall']:.3f}")
    for name, (value, count) in figures["recallBySize"].items():
        print(f"  recall {name:>6} px: {value:.3f} at score, {low['recallBySize'][name][0]:.3f} at weak  ({count} parts)")
    for name, (value, count) in by_class(results, CLASSES).items():
        print(f"  AP50 {name:>13}: {value:.3f}  ({count})")
    return figures


def choose(results: list[dict]) -> tuple[float, float]:
    """`score` by the best F1; `weak` the lowest threshold at which one detection in four is still a part."""
    best, score, weak = -1.0, 0.3, None
    print("\nthreshold precision recall F1, class-agnostic, IoU 0.5")
    for threshold in np.arange(0.04, 0.7, 0.02):
        f = summarise(results, float(threshold))
        f1 = 2 * f["precision"] * f["recall"] / max(f["precision"] + f["recall"], 1e-9)
        print(f"  {threshold:.2f} {f['precision']:.3f} {f['recall']:.3f} {f1:.3f}")
        if f1 > best:
            best, score = f1, round(float(threshold), 2)
        if weak is None and f["precision"] >= 0.25:
            weak = round(float(threshold), 2)
    weak = min(weak if weak is not None else score, score)
    print(f"chosen: score {score} weak {weak}")
    return score, weak


def overlay(scene: Scene, result: dict, threshold: float, weak: float) -> np.ndarray:
    """Green: right. Red: no such part. Blue: a missed part. Thin yellow: between weak and score."""
    picture = scene.image.copy()
    matched = match(result["boxes"], result["scores"], result["truth"])
    found = set(matched[(matched >= 0) & (result["scores"] >= threshold)])
    for i, box in enumerate(result["truth"]):
        if i not in found:
            cv2.rectangle(picture, *[tuple(int(v) for v in c) for c in (box[:2], box[2:])], (60, 120, 255), 2)
    for box, score, kind, hit in zip(result["boxes"], result["scores"], result["kinds"], matched):
        if score < weak:
            continue
        colour = (255, 230, 0) if score < threshold else (0, 230, 0) if hit >= 0 else (255, 0, 0)
        low, high = (tuple(int(v) for v in c) for c in (box[:2], box[2:]))
        cv2.rectangle(picture, low, high, colour, 1)
        if score >= threshold:
            cv2.putText(picture, f"{CLASSES[kind][:4]} {score:.1f}", (low[0], low[1] - 2), cv2.FONT_HERSHEY_SIMPLEX, 0.32, colour, 1, cv2.LINE_AA)
    return picture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--overlays", type=Path)
    options = parser.parse_args()
    contract_path = MODELS / "detector.json"
    contract = json.loads(contract_path.read_text())
    score, weak = contract["thresholds"]["score"], contract["thresholds"]["weak"]

    photos = [s for s in read_yellowlabs(options.data) if held_out(s.name) and not is_single_part(s)]
    validation = run_all(photos, contract)
    figures = {"validationPhotos": show("validation photos (yellowlabs, held-out stems)", validation, score, weak)}
    if options.choose:
        chosen = choose(validation)
    drawn = [s for s in load_drawn(options.cache) if s.name.startswith("held-out")]
    if drawn:
        figures["validationDrawn"] = show("validation drawn boards (held-out designs)", run_all(drawn, contract), score, weak)
    if options.choose:  # whoever picks thresholds does not see the test set
        contract["thresholds"].update(score=chosen[0], weak=chosen[1])
        contract_path.write_text(json.dumps(contract, indent=2) + "\n")
        return
    test = read_same_board(options.data)
    results = run_all(test, contract)
    figures["sameBoard"] = show("TEST eval/same-board, all", results, score, weak)
    for board in ("arduino_mega", "uln2003"):
        show(f"TEST eval/same-board, {board}", [r for r in results if r["name"].startswith(board)], score, weak)
    if options.overlays:
        options.overlays.mkdir(parents=True, exist_ok=True)
        for scenes, found in ((photos, validation), (test, results)):
            for scene, result in zip(scenes, found):
                cv2.imwrite(str(options.overlays / f"{scene.name}.png"), overlay(scene, result, score, weak)[:, :, ::-1])
    if options.write:
        test_figures = figures["sameBoard"]
        contract["quality"] = {
            "measured": datetime.date.today().isoformat(),
            "dataset": "same-board: 40 hand-held photos of two boards never trained on",
            "command": COMMAND,
            "ap50": round(test_figures["ap50"], 4),
            "precision": round(test_figures["precision"], 4),
            "recall": round(test_figures["recall"], 4),
            "classRight": round(test_figures["kindRight"], 4),
            "recallBySize": {k: round(v[0], 4) for k, v in test_figures["recallBySize"].items() if v[1]},
            "validationPhotosAp50": round(figures["validationPhotos"]["ap50"], 4),
            **({"validationDrawnAp50": round(figures["validationDrawn"]["ap50"], 4)} if drawn else {}),
        }
        contract_path.write_text(json.dumps(contract, indent=2) + "\n")


if __name__ == "__main__":
    main()
