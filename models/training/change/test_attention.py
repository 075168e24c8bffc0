"""The C kernel and the plain operations of LocalAttention must agree, in value and in gradient.

    python test_attention.py
"""

import torch

from network import LocalAttention


def check(channels: int, inner: int, radius: int, block: int) -> None:
    torch.manual_seed(radius)
    look = LocalAttention(channels, inner, radius, block)
    torch.nn.init.normal_(look.distance)
    x = torch.randn(4, channels, 4 * block, 3 * block)
    weight = torch.randn(4, look.width, 4 * block, 3 * block)
    results = []
    for plain in (False, True):
        look.plain = plain
        look.zero_grad()
        mine = x.clone().requires_grad_()
        out = look(mine)
        (out * weight).sum().backward()
        results.append([out.detach(), mine.grad, *(p.grad.clone() for p in look.parameters())])
    for a, b in zip(*results):
        scale = b.abs().max().clamp(min=1)
        assert (a - b).abs().max() / scale < 1e-4, ((a - b).abs().max(), scale)


if __name__ == "__main__":
    check(24, 16, 3, 4)
    check(48, 32, 3, 4)
    check(96, 32, 3, 4)
    print("C kernel and plain operations agree")
