"""The C kernel behind LocalAttention in training: compiled once with the system's compiler, called through ctypes.

The same sums in plain PyTorch spent three quarters of a training step copying windows about (NOTES.md).
"""

from __future__ import annotations

import ctypes
import functools
import os
import subprocess
import tempfile
from pathlib import Path

import torch
from torch import Tensor

SOURCE = Path(__file__).with_suffix(".c")


@functools.cache
def _library(channels: int, radius: int) -> ctypes.CDLL:
    flags = ["-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC"]
    with tempfile.TemporaryDirectory(prefix="boardiff-kernel-") as folder:  # what is loaded needs its file no more
        target = Path(folder) / "kernel.so"
        subprocess.run([os.environ.get("CC", "cc"), *flags, f"-DCHANNELS={channels}", f"-DRADIUS={radius}", str(SOURCE), "-o", str(target), "-lm"], check=True)
        return ctypes.CDLL(str(target))


def _pointer(x: Tensor) -> ctypes.c_void_p:
    return ctypes.c_void_p(x.data_ptr())


def _rows(x: Tensor) -> Tensor:
    """[B, C, H, W] as contiguous float [B, H, W, C]: no copy when it is channels-last already."""
    return x.float().permute(0, 2, 3, 1).contiguous()


class _Attend(torch.autograd.Function):
    @staticmethod
    def forward(ctx, query: Tensor, key: Tensor, value: Tensor, bias: Tensor, sharp: Tensor, radius: int):
        q, k, v = _rows(query), _rows(key), _rows(value)
        bias = bias.float().contiguous()
        images, height, width, channels = q.shape
        out, best, total = torch.empty_like(q), torch.empty(images, height, width), torch.empty(images, height, width)
        _library(channels, radius).forward(images, height, width, _pointer(q), _pointer(k), _pointer(v), _pointer(bias), ctypes.c_float(sharp.item()), _pointer(out), _pointer(best), _pointer(total))
        ctx.mark_non_differentiable(total)
        ctx.save_for_backward(q, k, v, bias, sharp)
        ctx.radius = radius
        return out.permute(0, 3, 1, 2), best[:, None], total[:, None]

    @staticmethod
    def backward(ctx, dout: Tensor, dbest: Tensor, _: Tensor):
        q, k, v, bias, sharp = ctx.saved_tensors
        images, height, width, channels = q.shape
        dout, dbest = _rows(dout), dbest.float().contiguous()
        dq, dk, dv = torch.empty_like(q), torch.zeros_like(k), torch.zeros_like(v)
        dbias, dsharp = torch.zeros(images, bias.numel()), torch.zeros(images)
        _library(channels, ctx.radius).backward(
            images, height, width, _pointer(q), _pointer(k), _pointer(v), _pointer(bias), ctypes.c_float(sharp.item()),
            _pointer(dout), _pointer(dbest), _pointer(dq), _pointer(dk), _pointer(dv), _pointer(dbias), _pointer(dsharp))
        back = [x.permute(0, 3, 1, 2) for x in (dq, dk, dv)]
        return *back, dbias.sum(0), dsharp.sum(), None


def attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, sharp: Tensor, radius: int) -> tuple[Tensor, Tensor, Tensor]:
    """Softmax-weighted `value` around each cell, the best plain score there, and the logarithm of the softmax's divisor."""
    return _Attend.apply(query, key, value, bias, sharp, radius)


def weigh(query: Tensor, key: Tensor, bias: Tensor, sharp: Tensor, radius: int, total: Tensor, given: Tensor) -> Tensor:
    """The mean of `given` by each cell's own weights, whose softmax was divided by exp(`total`). No gradient."""
    q, k, bias = _rows(query), _rows(key), bias.float().contiguous()
    total, given = total.float().contiguous(), given.float().contiguous()
    images, height, width, channels = q.shape
    out = torch.empty(images, height, width)
    _library(channels, radius).weigh(
        images, height, width, _pointer(q), _pointer(k), _pointer(bias), ctypes.c_float(sharp.item()), _pointer(total), _pointer(given), _pointer(out))
    return out[:, None]
