"""The part detector: a small U-shaped network with one output cell every four pixels."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from classes import CLASSES
from targets import STRIDE


def conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut."""

    def __init__(self, channels: int, dilation: int = 1):
        super().__init__()
        self.first = conv(channels, channels)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class PartNet(nn.Module):
    """Raw maps at a quarter of the input size: part logit (1), distances to the box's sides (4), class logits.

    The deepest level works at 1/32 with a dilated block, so a cell sees about 700 px around it: enough for the
    largest part a tile may hold. Plain 3x3 convolutions: on a CPU they beat depthwise ones of equal arithmetic.
    """

    def __init__(self) -> None:
        super().__init__()
        c2, c4, c8, c16, c32 = 16, 24, 48, 96, 128
        self.level2 = conv(3, c2, stride=2)
        self.level4 = nn.Sequential(conv(c2, c4, stride=2), Block(c4))
        self.level8 = nn.Sequential(conv(c4, c8, stride=2), Block(c8))
        self.level16 = nn.Sequential(conv(c8, c16, stride=2), Block(c16))
        self.level32 = nn.Sequential(conv(c16, c32, stride=2), Block(c32), Block(c32, dilation=2))
        self.side32, self.side16 = conv(c32, c16, 1), conv(c16, c16, 1)
        self.join16 = conv(c16, c16)
        self.up16, self.side8 = conv(c16, c8, 1), conv(c8, c8, 1)
        self.join8 = conv(c8, c8)
        self.up8, self.side4 = conv(c8, 32, 1), conv(c4, 32, 1)
        self.join4 = conv(32, 32)
        self.part = nn.Conv2d(32, 1, 1)
        self.box = nn.Conv2d(32, 4, 1)
        # The class needs context more than position: it is read one level up, where features are wider.
        self.kind8 = nn.Conv2d(c8, len(CLASSES), 1)
        self.kind4 = nn.Conv2d(32, len(CLASSES), 1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        for head in (self.box, self.part, self.kind8, self.kind4):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        nn.init.constant_(self.part.bias, -4.0)  # parts are rare: start by saying no
        nn.init.constant_(self.box.bias, 1.1)  # exp(1.1) * 4 px = 12 px from the centre to each side

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x4 = self.level4(self.level2((images - 0.45) * 4))
        x8 = self.level8(x4)
        x16 = self.level16(x8)
        x32 = self.level32(x16)
        y16 = self.join16(_double(self.side32(x32)) + self.side16(x16))
        y8 = self.join8(_double(self.up16(y16)) + self.side8(x8))
        y4 = self.join4(_double(self.up8(y8)) + self.side4(x4))
        kind = self.kind4(y4) + _double(self.kind8(y8))
        return self.part(y4), self.box(y4), kind


def _double(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def decode_boxes(box: Tensor) -> Tensor:
    """Distances (log, in cells) to x0, y0, x1, y1 in pixels, cell by cell."""
    height, width = box.shape[-2:]
    # A part narrower than a cell may lie beside the cell's centre: half a cell of negative reach allows for it.
    reach = torch.exp(box.clamp(-4.0, 5.0)) * STRIDE - STRIDE / 2
    x = (torch.arange(width, device=box.device, dtype=box.dtype) + 0.5) * STRIDE
    y = (torch.arange(height, device=box.device, dtype=box.dtype) + 0.5) * STRIDE
    x, y = x[None, None, :], y[None, :, None]
    return torch.stack([x - reach[:, 0], y - reach[:, 1], x + reach[:, 2], y + reach[:, 3]], 1)


class Detector(nn.Module):
    """What goes into the ONNX file: pictures in, the `count` best peaks out, decoded, best first."""

    def __init__(self, net: PartNet, count: int = 400):
        super().__init__()
        self.net, self.count = net, count

    def forward(self, images: Tensor) -> Tensor:
        part, box, kind = self.net(images)
        score = part.sigmoid()
        peak = score * (F.max_pool2d(score, 3, 1, 1) == score)
        flat = peak.flatten(1)
        # A tile of 64x64 px has only 256 cells: pad, so that the number of rows never changes.
        flat = F.pad(flat, (0, self.count))
        best, index = flat.topk(self.count, dim=1)
        cells = (part.shape[-1] * part.shape[-2]) - 1
        index = index.clamp(max=cells)[:, None, :]
        corners = decode_boxes(box).flatten(2).gather(2, index.expand(-1, 4, -1))
        kinds = kind.flatten(2).gather(2, index.expand(-1, len(CLASSES), -1)).softmax(1)
        low, high = corners[:, :2], corners[:, 2:]
        rows = torch.cat([(low + high) / 2, (high - low).clamp(min=1.0), best[:, None, :], kinds], 1)
        return rows.transpose(1, 2)
