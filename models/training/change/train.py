"""Train the change model. Goes on by itself when the checkpoint exists; exports the averaged weights to
the cache every ten minutes.

    python train.py --data ../../../../shared/data --cache /tmp/boardiff-cache --minutes 60 --processes 2
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader

from network import ChangeNet
from pairs import PairMaker, Pairs
from score import score_pairs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from run import Run  # noqa: E402

HERE = Path(__file__).parent
PORT = 29517  # where processes that train together meet


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
    parser.add_argument("--threads", type=int, default=2, help="of each process; 1 leaves a core to the making of pairs and to other work")
    parser.add_argument("--processes", type=int, default=1, help="2: two on one thread each, with a batch and a core each")
    parser.add_argument("--export-every", type=float, default=10, help="minutes; 0 for never")
    parser.add_argument("--log", type=Path, default=HERE / "logs/change.csv")
    options = parser.parse_args()
    if options.start_from and not options.start_from.exists():
        parser.error(f"--start-from expects a checkpoint, {options.start_from} does not exist")
    cv2.setNumThreads(1)

    # Read once, before the processes part: several GB, which they share.
    maker = PairMaker(options.data, options.cache, options.size)
    judge = PairMaker(options.data, options.cache, 320, validation=True)
    rng = np.random.default_rng(5)
    validation = [judge.pair(rng, kind) for kind in ("photos", "drawn", "plain", "real", "rendered") for _ in range(32)]
    print(f"train {maker}\nvalidation {judge}", flush=True)
    if options.processes > 1:
        options.threads = 1
        torch.multiprocessing.start_processes(learn_together, (options, maker, validation), options.processes, start_method="fork")
    else:
        learn(0, options, maker, validation)


def learn_together(rank: int, options: argparse.Namespace, maker: PairMaker, validation: list[dict]) -> None:
    """One of several processes, on a core of its own with the process that makes its pairs."""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[rank]})
    dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{PORT}", rank=rank, world_size=options.processes)
    learn(rank, options, maker, validation)
    dist.destroy_process_group()


def learn(rank: int, options: argparse.Namespace, maker: PairMaker, validation: list[dict]) -> None:
    checkpoint = options.checkpoint or options.cache / "change.pt"
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    seed = int(time.time()) + 1000 * rank
    loader = iter(DataLoader(Pairs(maker, options.batch, seed), batch_size=None, num_workers=1, prefetch_factor=4))

    net = ChangeNet()
    start = HERE.parent / "checkpoints/detector.pt"
    source = checkpoint if checkpoint.exists() else options.start_from
    if not source and start.exists():
        net.start_from_detector(torch.load(start, map_location="cpu", weights_only=True)["average"])
    net = net.to(memory_format=torch.channels_last)
    run = Run(net, checkpoint, options.minutes, options.rate, clip=5.0, smooth=0.98)
    if source:
        run.load(source)

    last_export = time.time()
    while not run.over:
        batch = next(loader)
        reference, photo = (batch[k].float().div_(255).contiguous(memory_format=torch.channels_last) for k in ("reference", "photo"))
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(reference, photo)
        now = run.learn(change_loss(logits, batch["target"], batch["weight"]), report_every=100, save_every=90)
        if rank == 0 and options.export_every and (now - last_export > options.export_every * 60 or run.over):
            run.log(options.log, score_pairs(run.average.net, validation))
            run.save()
            subprocess.run([sys.executable, str(HERE / "export.py"), "--checkpoint", str(checkpoint), "--output", str(options.cache)], check=False)
            last_export = run.last = time.time()


if __name__ == "__main__":
    main()
