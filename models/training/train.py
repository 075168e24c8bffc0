"""Train the part detector. Resumes by itself when the checkpoint exists.

    python train.py --data ../../../shared/data --cache /tmp/boardiff-cache --minutes 60
"""

from __future__ import annotations

import argparse
import copy
import csv
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
from samples import Crops
from scenes import Scene, held_out, is_single_part, read_yellowlabs

HERE = Path(__file__).parent
VALIDATION_CONTRACT = {
    "input": {"tile": 640, "overlap": 96, "multipleOf": 32, "scales": [1]},
    "thresholds": {"nmsIou": 0.5},
}


class Average:
    """Exponential moving average of the weights: smoother than the last step, and what is shipped."""

    def __init__(self, net: PartNet):
        self.net = copy.deepcopy(net).eval()

    def update(self, net: PartNet, step: int) -> None:
        keep = min(0.996, (1 + step) / (20 + step))
        with torch.no_grad():
            for mine, theirs in zip(self.net.state_dict().values(), net.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.lerp_(theirs.to(mine.dtype), 1 - keep)
                else:
                    mine.copy_(theirs)


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
    average = Average(net)
    decay = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}], lr=options.rate)
    step, spent = 0, 0.0
    source = checkpoint if checkpoint.exists() else options.start_from
    if source:
        state = torch.load(source, map_location="cpu", weights_only=True)
        net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state["net"].items()})
        average.net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state["average"].items()})
        if source == checkpoint:
            optimizer.load_state_dict(state["optimizer"])
            step, spent = state["step"], state["spent"]
        print(f"from {source} at step {step}", flush=True)

    def save() -> None:
        state = {"net": net.state_dict(), "average": average.net.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    budget = options.minutes * 60
    last, last_save, last_validation = time.time(), time.time(), time.time()
    running: dict[str, float] = {}
    first_step = step
    while spent < budget:
        batch = next(loader)
        progress = spent / budget
        rate = float(options.rate * min(1, (step + 1) / 150) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * progress))))
        for group in optimizer.param_groups:
            group["lr"] = rate
        images = batch.pop("picture").float().div_(255).contiguous(memory_format=torch.channels_last)
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = net(images)
        losses = detection_loss(outputs, batch)
        optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimizer.step()
        average.update(net, step)
        step += 1
        now = time.time()
        spent, last = spent + now - last, now
        for key, value in losses.items():
            running[key] = 0.97 * running.get(key, value.item()) + 0.03 * value.item()
        if step % 50 == 0:
            print(f"{step} {spent / 60:.1f} min {(step - first_step)} " + " ".join(f"{k} {v:.3f}" for k, v in running.items()) + f" lr {rate:.5f}", flush=True)
        if now - last_save > 120 or spent >= budget:
            save()
            last_save = now
        if now - last_validation > 540 or spent >= budget:
            real = validate(average.net, real_validation)
            made = validate(average.net, drawn_validation) if drawn_validation else {"ap50": float("nan"), "recall": float("nan")}
            row = {"step": step, "minutes": round(spent / 60, 2), **{f"loss_{k}": round(v, 4) for k, v in running.items()},
                   "photos_ap50": round(real["ap50"], 4), "photos_recall": round(real["recall"], 4), "photos_precision": round(real["precision"], 4),
                   "photos_kind": round(real["kindRight"], 4), "drawn_ap50": round(made["ap50"], 4), "drawn_recall": round(made["recall"], 4)}
            print(row, flush=True)
            fresh = not options.log.exists()
            with options.log.open("a", newline="") as file:
                writer = csv.DictWriter(file, row.keys())
                if fresh:
                    writer.writeheader()
                writer.writerow(row)
            last_validation = last = time.time()


if __name__ == "__main__":
    main()
