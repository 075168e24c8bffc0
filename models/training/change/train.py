"""Train the change model. Goes on by itself when the checkpoint exists; exports the averaged weights to
the cache every ten minutes.

    python train.py --data ../../../../shared/data --cache /tmp/boardiff-cache --minutes 60
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader

from network import ChangeNet
from pairs import PairMaker, Pairs
from score import score_pairs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from train import Average  # noqa: E402  the detector's

HERE = Path(__file__).parent


def change_loss(logits: Tensor, target: Tensor, weight: Tensor) -> dict[str, Tensor]:
    """Focal loss for every asked cell, normalised by the changed ones; dice so that small parts count as wholes."""
    logits = logits.float()
    p = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    wrong = torch.where(target > 0, 1 - p, p)
    balance = torch.where(target > 0, 0.75, 0.5)
    count = (target * weight).sum().clamp(min=50)
    focal = (balance * wrong.square() * entropy * weight).sum() / count
    # The hundredth of the quiet cells that shouts loudest is what the user will see as false calls.
    quiet = (entropy * wrong * weight * (1 - target)).flatten(1)
    hard = quiet.topk(quiet.shape[1] // 100).values.mean()
    overlap = (p * target * weight).sum((2, 3))
    total = (p * weight).sum((2, 3)) + (target * weight).sum((2, 3))
    some = (target * weight).sum((2, 3)) > 0
    dice = (1 - (2 * overlap + 1) / (total + 1))[some].mean() if some.any() else focal * 0
    return {"focal": focal, "dice": dice, "hard": hard, "total": focal + 0.5 * dice + 0.5 * hard}


def adopt(module: torch.nn.Module, weights: dict[str, Tensor]) -> None:
    """Load weights of this network or of an earlier, narrower one: what is new keeps its start, new inputs count for nothing."""
    own = module.state_dict()
    for name, value in weights.items():
        value = value.float() if value.is_floating_point() else value
        if own[name].shape != value.shape:
            wider = torch.zeros_like(own[name])
            wider[:, : value.shape[1]] = value
            value = wider
        own[name] = value
    module.load_state_dict(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "../../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"), help="drawn boards and real_pairs.json")
    parser.add_argument("--checkpoint", type=Path, help="default: <cache>/change.pt")
    parser.add_argument("--start-from", type=Path, help="begin with these weights, but a new schedule")
    parser.add_argument("--minutes", type=float, default=60, help="length of the whole schedule")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--export-every", type=float, default=10, help="minutes; 0 for never")
    parser.add_argument("--log", type=Path, default=HERE / "logs/change.csv")
    options = parser.parse_args()
    checkpoint = options.checkpoint or options.cache / "change.pt"
    torch.manual_seed(1)
    torch.set_num_threads(2)

    maker = PairMaker(options.data, options.cache, options.size)
    judge = PairMaker(options.data, options.cache, 320, validation=True)
    rng = np.random.default_rng(5)
    validation = [judge.pair(rng, kind) for kind in ("photos", "drawn", "plain", "real") for _ in range(32)]
    print(f"train {maker}\nvalidation {judge}", flush=True)
    loader = iter(DataLoader(Pairs(maker, options.batch, int(time.time())), batch_size=None, num_workers=1, prefetch_factor=4))

    net = ChangeNet()
    start = HERE.parent / "checkpoints/detector.pt"
    source = checkpoint if checkpoint.exists() else options.start_from if options.start_from and options.start_from.exists() else None
    if not source and start.exists():
        net.start_from_detector(torch.load(start, map_location="cpu", weights_only=True)["average"])
    net = net.to(memory_format=torch.channels_last)
    average = Average(net)
    decay = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}], lr=options.rate)
    step, spent = 0, 0.0
    if source:
        state = torch.load(source, map_location="cpu", weights_only=True)
        for key, module in (("net", net), ("average", average.net)):
            adopt(module, state[key])
        if source == checkpoint:
            optimizer.load_state_dict(state["optimizer"])
            step, spent = state["step"], state["spent"]
        print(f"from {source} at step {step}", flush=True)

    def save() -> None:
        state = {"net": net.state_dict(), "average": average.net.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    budget = options.minutes * 60
    last = last_save = last_export = time.time()
    running: dict[str, float] = {}
    while spent < budget:
        batch = next(loader)
        rate = float(options.rate * min(1, (step + 1) / 150) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1, spent / budget)))))
        for group in optimizer.param_groups:
            group["lr"] = rate
        reference, photo = (batch[k].float().div_(255).contiguous(memory_format=torch.channels_last) for k in ("reference", "photo"))
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(reference, photo)
        losses = change_loss(logits, batch["target"], batch["weight"])
        optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        average.update(net, step)
        step += 1
        now = time.time()
        spent, last = spent + now - last, now
        for key, value in losses.items():
            running[key] = 0.98 * running.get(key, value.item()) + 0.02 * value.item()
        if step % 100 == 0:
            print(f"{step} {spent / 60:.1f} min " + " ".join(f"{k} {v:.3f}" for k, v in running.items()) + f" lr {rate:.5f}", flush=True)
        if now - last_save > 90 or spent >= budget:
            save()
            last_save = now
        if options.export_every and (now - last_export > options.export_every * 60 or spent >= budget):
            row = {"step": step, "minutes": round(spent / 60, 2), **{f"loss_{k}": round(v, 4) for k, v in running.items()}, **score_pairs(average.net, validation)}
            print(row, flush=True)
            fresh = not options.log.exists()
            with options.log.open("a", newline="") as file:
                writer = csv.DictWriter(file, row.keys())
                if fresh:
                    writer.writeheader()
                writer.writerow(row)
            save()
            subprocess.run([sys.executable, str(HERE / "export.py"), "--checkpoint", str(checkpoint), "--output", str(options.cache)], check=False)
            last_save = last_export = last = time.time()


if __name__ == "__main__":
    main()
