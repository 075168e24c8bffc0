"""The change model: what is in one picture of a board that the other one does not show.

Both pictures go through the same encoder (the part detector's own first four levels with a block more here and there, so
that it starts out knowing what a part looks like). At strides 4, 8 and 16 every cell then looks for itself in a window of the other picture
(local attention), which is what makes a shift by parallax or poor registration harmless: content that is somewhere
in the window is explained, content that is nowhere is new. One of a row of like parts is explained by its neighbour;
so every cell is also told how many cells look at it, and how many share what it looks at (with parallax each still has
its own). A U-shaped decoder turns "explained or not" into a logit.

The network answers "what does x show that y does not?" for both orders of the two pictures with the same weights:
swapping the inputs swaps the outputs, by construction and not by training.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from local_attention import attend, weigh  # noqa: E402
from model import Block, PartNet, _double, conv  # noqa: E402  the part detector's building blocks

STRIDE = 4
MOST_CLAIMS = 4.0
MIDDLE, CONTRAST = 0.45, 4.0  # what the detector's encoder takes for zero, and for one
# Logits of what lies outside of the window. As good as none, and yet no weight is so small that it is no normal number
# any more (below exp(-87) with scores within 14 of zero): those cost a hundred times as much, and half of a halo is outside.
OUTSIDE = -50.0


def meet_in_the_middle(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Shift and scale each colour channel of both pictures to their common mean and contrast, as the encoder has them.

    Takes exposure and white balance out before the network looks, the same way whichever picture comes first.
    """
    mean_a, mean_b = a.mean((2, 3), keepdim=True), b.mean((2, 3), keepdim=True)
    # The small constant keeps a plain, contrastless crop from being blown up into noise.
    std_a = ((a * a).mean((2, 3), keepdim=True) - mean_a * mean_a + 1e-3).sqrt()
    std_b = ((b * b).mean((2, 3), keepdim=True) - mean_b * mean_b + 1e-3).sqrt()
    mean, std = (mean_a + mean_b) / 2, (std_a * std_b).sqrt()
    gain_a, gain_b = CONTRAST * std / std_a, CONTRAST * std / std_b
    mean = CONTRAST * (mean - MIDDLE)
    return a * gain_a + (mean - mean_a * gain_a), b * gain_b + (mean - mean_b * gain_b)


def swap(x: Tensor) -> Tensor:
    """A batch holds all photos, then all references. This puts each picture's partner in its place."""
    half = x.shape[0] // 2
    return torch.cat([x[half:], x[:half]])


class LocalAttention(nn.Module):
    """Every cell of a picture against the cells of its partner at most `radius` away.

    Written twice, with equal results (test_attention.py): a C kernel for training, and plain operations for the
    ONNX file. Those work in blocks: the cells of one block share one piece of the partner (the block and a halo
    around it), gathered in one go, so everything is a few matrix products instead of one pass over the maps per shift.
    A constant mask keeps the window exact.
    """

    def __init__(self, channels: int, inner: int, radius: int, block: int):
        super().__init__()
        self.radius, self.block, self.inner = radius, block, inner
        self.plain = False  # True while exporting
        self.embed = nn.Conv2d(channels, inner, 1)
        self.value = nn.Conv2d(channels, inner, 1)
        nn.init.orthogonal_(self.embed.weight)
        nn.init.orthogonal_(self.value.weight)
        self.sharpness = nn.Parameter(torch.tensor(2.3))  # exp(2.3) = 10: cosine 1 against 0.8 weighs 7 to 1
        # A preference for near cells, if it helps. Only what is even in it counts: who looks at whom has no direction.
        self.distance = nn.Parameter(torch.zeros((2 * radius + 1) ** 2))
        side = block + 2 * radius
        gap = torch.arange(side)[None, :] - radius - torch.arange(block)[:, None]  # [block, side]
        inside = gap.abs() <= radius
        mask = (inside[:, None, :, None] & inside[None, :, None, :]).reshape(block * block, side * side)
        place = gap.clamp(-radius, radius) + radius
        index = (place[:, None, :, None] * (2 * radius + 1) + place[None, :, None, :]).reshape(block * block, side * side)
        self.register_buffer("mask", torch.where(mask, 0.0, OUTSIDE), persistent=False)
        self.register_buffer("index", index, persistent=False)
        self.width = 3 * inner + 3

    def preference(self) -> Tensor:
        return (self.distance + self.distance.flip(0)) / 2

    def blocks(self, x: Tensor) -> Tensor:
        """[B, C, H, W] to [B * blocks, block * block, C]."""
        b, c, h, w = x.shape
        n = self.block
        return x.permute(0, 2, 3, 1).reshape(b, h // n, n, w // n, n, c).permute(0, 1, 3, 2, 4, 5).reshape(-1, n * n, c)

    def halos(self, x: Tensor, partner: Tensor) -> Tensor:
        """[B, C, H, W] to [B * blocks, side * side, C]: for each block its partner's surroundings, zero outside the map."""
        b, c, h, w = x.shape
        n, r = self.block, self.radius
        wide = w + 2 * r
        # Channels last: every cell is then one piece of memory.
        cells = F.pad(x.permute(0, 2, 3, 1), (0, 0, r, r, r, r)).reshape(-1, c)
        corner = partner[:, None, None] * ((h + 2 * r) * wide) + torch.arange(0, h, n)[None, :, None] * wide + torch.arange(0, w, n)
        across = torch.arange(n + 2 * r)
        return cells[corner.reshape(-1, 1) + (across[:, None] * wide + across).reshape(1, -1)]

    def in_blocks(self, own: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        b, _, h, w = own.shape
        n, half = self.block, b // 2
        partner = torch.cat([torch.arange(half) + half, torch.arange(half)])

        def cells(x: Tensor) -> Tensor:
            """[B * blocks, block * block] back to [B, 1, H, W]."""
            return x.reshape(b, h // n, w // n, n, n).permute(0, 1, 3, 2, 4).reshape(b, 1, h, w)

        # As few passes over all weights as can be: that is what takes time. Scores are within 14 of zero, so exp() needs
        # no shift, and what the partner's cells give is this cell's own weights, divided by their divisors.
        sharp = self.sharpness.exp()
        score = self.blocks(own * sharp) @ self.halos(own, partner).transpose(1, 2) + self.mask
        best = score.amax(-1) / sharp
        weight = score.exp() * self.preference().exp()[self.index]
        divisor = weight.sum(-1, keepdim=True)
        claimed = cells(weight.detach() @ self.halos(1 / cells(divisor.detach()), partner))
        given = weight @ self.halos(torch.cat([value, claimed], 1), partner) / divisor
        found = given[..., : self.inner].reshape(b, h // n, w // n, n, n * self.inner)
        found = found.permute(0, 1, 3, 2, 4).reshape(b, h, w, self.inner).permute(0, 3, 1, 2)
        shared = cells(given[..., self.inner :].detach())
        return found, cells(best), claimed, shared

    def forward(self, x: Tensor) -> Tensor:
        """For the decoder: own content, what the partner has to match it, their difference, how good the match is, how
        many of the partner's cells look here, and how many look at the match."""
        own = self.embed(x)
        own = own / ((own * own).sum(1, keepdim=True) + 1e-3).sqrt()
        mine = self.value(x)
        if self.plain:
            found, best, claimed, shared = self.in_blocks(own, mine)
        else:
            sharp, theirs, near = self.sharpness.exp(), swap(own), self.preference()
            found, best, total = attend(own, theirs, swap(mine), near, sharp, self.radius)
            with torch.no_grad():  # the partner's cells look back along the same lines, with their own divisors
                claimed = weigh(own, theirs, near, sharp, self.radius, torch.zeros_like(total), (-swap(total)).exp())
                shared = weigh(own, theirs, near, sharp, self.radius, total, swap(claimed))
        counts = torch.cat([claimed, shared], 1).clamp(max=MOST_CLAIMS)
        return torch.cat([mine, found, (mine - found).abs(), best, counts], 1)


class ChangeNet(nn.Module):
    """[N, 3, H, W] photo and reference to [N, 2, H/4, W/4] logits: added, removed."""

    def __init__(self) -> None:
        super().__init__()
        c4, c8, c16, c32 = 24, 48, 96, 128
        encoder = PartNet()
        self.level2, self.level16 = encoder.level2, encoder.level16
        # The detector's, and a block more.
        self.level4, self.level8 = nn.Sequential(*encoder.level4, Block(c4)), nn.Sequential(*encoder.level8, Block(c8))
        self.look4 = LocalAttention(c4, 16, radius=2, block=4)
        self.look8 = LocalAttention(c8, 32, radius=2, block=4)
        self.look16 = LocalAttention(c16, 32, radius=3, block=4)  # reaches 48 px: tall parts, photos from the side
        self.join16 = nn.Sequential(conv(2 * c16 + self.look16.width, c16, 1), Block(c16))
        # What the whole surroundings have in common: how tall parts lean, how the light and the sharpness differ.
        self.level32 = nn.Sequential(conv(c16, c32, stride=2), Block(c32), Block(c32, dilation=2))
        self.up32 = nn.Sequential(nn.Conv2d(c32, c16, 1, bias=False), nn.BatchNorm2d(c16))
        self.again16 = Block(c16)
        self.up16 = conv(c16, c8, 1)
        self.side8 = conv(self.look8.width, c8, 1)
        self.join8, self.again8 = Block(c8), Block(c8)
        self.up8 = conv(c8, 32, 1)
        self.side4 = conv(self.look4.width, 32, 1)
        self.join4, self.again4 = Block(32), Block(32)
        self.head = nn.Conv2d(32, 1, 1)
        later = (self.level4[2], self.level8[2], self.again16, self.again8, self.again4)
        for part in (*later, self.join16, self.level32, self.up32, self.up16, self.side8, self.join8, self.up8, self.side4, self.join4):
            for module in part.modules():
                if isinstance(module, nn.Conv2d):
                    nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        for norm in (self.up32[1], *(block.second[1] for block in later)):  # a longer way that starts as none
            nn.init.zeros_(norm.weight)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.constant_(self.head.bias, -4.0)  # changes are rare: start by saying no

    def start_from_detector(self, weights: dict[str, Tensor]) -> None:
        """Take over the encoder of a trained part detector."""
        own = self.state_dict()
        taken = {k: v.float() if v.is_floating_point() else v for k, v in weights.items() if k.split(".")[0] in ("level2", "level4", "level8", "level16")}
        assert taken and all(own[k].shape == v.shape for k, v in taken.items())
        self.load_state_dict(taken, strict=False)

    def forward(self, reference: Tensor, photo: Tensor) -> Tensor:
        photo, reference = meet_in_the_middle(photo, reference)
        x4 = self.level4(self.level2(torch.cat([photo, reference])))
        x8 = self.level8(x4)
        x16 = self.level16(x8)
        y16 = self.join16(torch.cat([x16, swap(x16), self.look16(x16)], 1))
        y16 = self.again16(F.relu(y16 + _double(self.up32(self.level32(y16)))))
        y8 = self.again8(self.join8(_double(self.up16(y16)) + self.side8(self.look8(x8))))
        y4 = self.again4(self.join4(_double(self.up8(y8)) + self.side4(self.look4(x4))))
        logit = self.head(y4)
        half = photo.shape[0]
        return torch.cat([logit[:half], logit[half:]], 1)
