"""Focal loss on the centres, GIoU on the boxes, cross entropy on the classes."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from model import decode_boxes


def giou(a: Tensor, b: Tensor) -> Tensor:
    """Generalised IoU of boxes [N, 4]."""
    overlap = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - overlap
    return overlap / (union + 1e-6) - (hull - union) / (hull + 1e-6)


def detection_loss(outputs: tuple[Tensor, Tensor, Tensor], target: dict[str, Tensor]) -> dict[str, Tensor]:
    part, box, kind = (o.float() for o in outputs)
    heat, mask = target["heat"], target["mask"]
    logit = part[:, 0]
    p = logit.sigmoid().clamp(1e-5, 1 - 1e-5)
    centre = heat > 0.999
    hit = -((1 - p) ** 2) * F.logsigmoid(logit) * centre
    # Next to a centre a high score is no mistake: (1 - heat)^4 lets it be.
    miss = -((1 - heat) ** 4) * p**2 * F.logsigmoid(-logit) * ~centre
    count = centre.sum().clamp(min=1)
    heat_loss = ((hit + miss) * mask).sum() / count

    batch, y, x = torch.nonzero(target["weight"] > 0, as_tuple=True)
    weight = target["weight"][batch, y, x]
    total = weight.sum().clamp(min=1)
    predicted = decode_boxes(box)[batch, :, y, x]
    wanted = target["box"][batch, :, y, x]
    box_loss = ((1 - giou(predicted, wanted)) * weight).sum() / total
    label = target["label"][batch, y, x]
    entropy = F.cross_entropy(kind[batch, :, y, x], label, ignore_index=-1, reduction="none", label_smoothing=0.05)
    kind_loss = (entropy * weight).sum() / total
    return {"heat": heat_loss, "box": box_loss, "kind": kind_loss, "total": heat_loss + 2 * box_loss + 0.5 * kind_loss}
