"""Train the part detector. Resumes by itself when the checkpoint exists.

    python train.py --data ../../../shared/data --cache /tmp/boardiff-cache --minutes 60
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader

from cache import load_drawn
from detect import detect
from loss import detection_loss
from metrics import summarise
from model import Detector, PartNet
from renders import read_render_scenes
from run import Run
from samples import Crops
from scenes import Scene, held_out, is_single_part, read_yellowlabs

HERE = Path(__file__).parent
VALIDATION_CONTRACT = {
    "input": {"tile": 640, "overlap": 96, "multipleOf": 32, "scales": [1]},
    "thresholds": {"nmsIou": 0.5},
}


def validate(net: PartNet, scenes: list[Scene], threshold: float = 0.3) -> dict:
    detector = Detector(net).eval()

    def run(batch: np.ndarray) -> np.ndarray:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            return detector(torch.from_numpy(batch).to(memory_format=torch.channels_last)).float().numpy()

    results = []
    for scene in scenes:
        found = detect(run, scene.image, VALIDATION_CONTRACT, 0.02)
        truth = np.hstack([scene.outlines.min(1), scene.outlines.max(1)])
        results.append({**found, "truth": truth, "labels": scene.labels})
    return summarise(results, threshold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"), help="drawn boards, made by draw_scenes.py")
    parser.add_argument("--checkpoint", type=Path, default=None, help="default: <cache>/train.pt")
    parser.add_argument("--minutes", type=float, default=60, help="length of the whole schedule")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-from", type=Path, help="begin with these weights, but a new schedule")
    parser.add_argument("--log", type=Path, default=HERE / "logs/detector.csv")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    checkpoint = options.checkpoint or options.cache / "train.pt"
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)

    drawn = load_drawn(options.cache)
    drawn_validation = [s for s in drawn if s.name.startswith("held-out")][:16]
    real_validation = [s for s in read_yellowlabs(options.data) if held_out(s.name) and not is_single_part(s)]
    rendered = read_render_scenes(options.cache, validation=False)
    crops = Crops(options.data, [s for s in drawn if not s.name.startswith("held-out")], rendered, options.size, options.seed + int(time.time()))
    loader = iter(DataLoader(crops, batch_size=options.batch, num_workers=1, prefetch_factor=4))
    print(f"{len(crops.photos)} photos, {len(crops.oleg)} of oleg, {len(crops.drawn)} drawn, {len(rendered)} rendered, {len(crops.cut_outs.patches)} cut-outs; "
          f"validation {len(real_validation)} photos, {len(drawn_validation)} drawn", flush=True)

    net = PartNet().to(memory_format=torch.channels_last)
    run = Run(net, checkpoint, options.minutes, options.rate, clip=10.0, smooth=0.97)
    source = checkpoint if checkpoint.exists() else options.start_from
    if source:
        run.load(source)

    last_validation = time.time()
    while not run.over:
        batch = next(loader)
        images = batch.pop("picture").float().div_(255).contiguous(memory_format=torch.channels_last)
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = net(images)
        now = run.learn(detection_loss(outputs, batch), report_every=50, save_every=120)
        if now - last_validation > 540 or run.over:
            real = validate(run.average.net, real_validation)
            made = validate(run.average.net, drawn_validation) if drawn_validation else {"ap50": float("nan"), "recall": float("nan")}
            run.log(options.log, {
                "photos_ap50": round(real["ap50"], 4), "photos_recall": round(real["recall"], 4), "photos_precision": round(real["precision"], 4),
                "photos_kind": round(real["kindRight"], 4), "drawn_ap50": round(made["ap50"], 4), "drawn_recall": round(made["recall"], 4),
            })
            last_validation = time.time()


if __name__ == "__main__":
    main()
