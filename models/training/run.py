"""What both trainings have in common: a run that can be stopped and goes on, its schedule, its averaged weights, its log."""

from __future__ import annotations

import copy
import csv
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn

WARM_UP = 150  # steps


class Average:
    """Exponential moving average of the weights: smoother than the last step, and what is shipped."""

    def __init__(self, net: nn.Module):
        self.net = copy.deepcopy(net).eval()

    def update(self, net: nn.Module, step: int) -> None:
        keep = min(0.996, (1 + step) / (20 + step))
        with torch.no_grad():
            for mine, theirs in zip(self.net.state_dict().values(), net.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.lerp_(theirs.to(mine.dtype), 1 - keep)
                else:
                    mine.copy_(theirs)


def adopt(module: nn.Module, weights: dict[str, Tensor]) -> None:
    """Load weights of this network or of one that was smaller here and larger there: what is new keeps its start, new
    inputs count for nothing, and of a window's table the middle is kept where the window is smaller now."""
    own = module.state_dict()
    for name, value in weights.items():
        value = value.float() if value.is_floating_point() else value
        if own[name].shape != value.shape:
            value = _middle(value, own[name].numel()) if value.ndim == 1 else _widened(value, own[name])
        own[name] = value
    module.load_state_dict(own)


def _widened(value: Tensor, own: Tensor) -> Tensor:
    wider = torch.zeros_like(own)
    wider[:, : value.shape[1]] = value
    return wider


def _middle(table: Tensor, count: int) -> Tensor:
    """The middle of a square table, both given row by row."""
    side, kept = round(len(table) ** 0.5), round(count**0.5)
    edge = (side - kept) // 2
    return table.reshape(side, side)[edge : edge + kept, edge : edge + kept].reshape(-1)


class Run:
    """A schedule of `minutes` (cosine, after a warm-up) for one network; AdamW without decay on biases and norms.

    Processes that train together (`torch.distributed`) each learn from batches of their own and step by the mean of their
    gradients; the first one keeps the checkpoint.
    """

    def __init__(self, net: nn.Module, checkpoint: Path, minutes: float, rate: float, clip: float, smooth: float):
        self.net, self.checkpoint, self.rate, self.clip, self.smooth = net, checkpoint, rate, clip, smooth
        self.first = not dist.is_initialized() or dist.get_rank() == 0
        self.average = Average(net)
        decay = [p for p in net.parameters() if p.ndim > 1]
        plain = [p for p in net.parameters() if p.ndim <= 1]
        self.optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}], lr=rate)
        self.step, self.spent, self.budget = 0, 0.0, minutes * 60
        self.running: dict[str, float] = {}
        self.last = self.last_save = time.time()

    @property
    def over(self) -> bool:
        return self.spent >= self.budget

    def load(self, source: Path) -> None:
        """Go on from the run's own checkpoint, or begin a new schedule with the weights of another."""
        state = torch.load(source, map_location="cpu", weights_only=True)
        adopt(self.net, state["net"])
        adopt(self.average.net, state["average"])
        if source == self.checkpoint:
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.spent = state["step"], state["spent"]
        print(f"from {source} at step {self.step}", flush=True)

    def save(self) -> None:
        self.last_save = time.time()
        if not self.first:
            return
        state = {"net": self.net.state_dict(), "average": self.average.net.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step, "spent": self.spent}
        torch.save(state, self.checkpoint.with_suffix(".new"))
        self.checkpoint.with_suffix(".new").replace(self.checkpoint)

    def learn(self, losses: dict[str, Tensor], report_every: int, save_every: float) -> float:
        """One step down `losses["total"]`; saves when `save_every` seconds have passed. Returns the time at which its gradients were there."""
        cosine = 0.5 * (1 + np.cos(np.pi * min(1, self.spent / self.budget)))
        rate = float(self.rate * min(1, (self.step + 1) / WARM_UP) * (0.02 + 0.98 * cosine))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        now = time.time()
        elapsed, self.last = now - self.last, now
        self.spent += self._share(elapsed) if dist.is_initialized() else elapsed
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), self.clip)
        self.optimizer.step()
        self.average.update(self.net, self.step)
        self.step += 1
        for key, value in losses.items():
            self.running[key] = self.smooth * self.running.get(key, value.item()) + (1 - self.smooth) * value.item()
        if self.first and self.step % report_every == 0:
            print(f"{self.step} {self.spent / 60:.1f} min " + " ".join(f"{k} {v:.3f}" for k, v in self.running.items()) + f" lr {rate:.5f}", flush=True)
        if now - self.last_save > save_every or self.over:
            self.save()
        return now

    def _share(self, elapsed: float) -> float:
        """Every gradient becomes the mean of all processes'. Returns their mean time, so that all are over at the same step."""
        grads = [p.grad for p in self.net.parameters() if p.grad is not None]
        flat = torch.cat([*(g.reshape(-1) for g in grads), torch.tensor([elapsed])])
        dist.all_reduce(flat)
        flat /= dist.get_world_size()
        for grad, mean in zip(grads, flat[:-1].split([g.numel() for g in grads])):
            grad.copy_(mean.view_as(grad))
        return flat[-1].item()

    def log(self, path: Path, figures: dict[str, float]) -> None:
        """Append one row: step, minutes, losses, then the validation's figures. Its time is not the schedule's, but half of it where another
        process waits meanwhile (`_share` takes the mean)."""
        row = {"step": self.step, "minutes": round(self.spent / 60, 2), **{f"loss_{k}": round(v, 4) for k, v in self.running.items()}, **figures}
        print(row, flush=True)
        fresh = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, row.keys())
            if fresh:
                writer.writeheader()
            writer.writerow(row)
        self.last = time.time()
