"""Write detector.onnx, its contract detector.json and the small checkpoint to go on from.

    python export.py --checkpoint /tmp/boardiff-cache/train.pt

The network is folded (batch norm into the convolutions), checked against PyTorch in onnxruntime and timed.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

from classes import CLASSES
from model import Detector, PartNet

HERE = Path(__file__).parent
MODELS = HERE.parent
TRAINING_DATA = json.loads((HERE / "sources.json").read_text())


def lattice(width: int, height: int) -> np.ndarray:
    """The golden input "lattice-1": value(x, y, c) = ((x*7 + y*13 + c*29 + ((x*y) % 17)*5) % 256) / 255."""
    y, x = np.mgrid[:height, :width]
    planes = [(x * 7 + y * 13 + c * 29 + ((x * y) % 17) * 5) % 256 for c in range(3)]
    return (np.stack(planes)[None] / 255).astype(np.float32)


def fuse(net: PartNet) -> PartNet:
    """Fold each batch norm into the convolution before it."""
    for module in net.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for name, child in list(module.named_children()):
            index = int(name)
            if isinstance(child, nn.BatchNorm2d) and isinstance(module[index - 1], nn.Conv2d):
                module[index - 1] = torch.nn.utils.fusion.fuse_conv_bn_eval(module[index - 1], child)
                module[index] = nn.Identity()
    return net


def multiply_adds(net: PartNet, size: int = 640) -> int:
    total = 0

    def count(module: nn.Conv2d, _inputs, output) -> None:
        nonlocal total
        total += output.numel() * module.in_channels * module.kernel_size[0] * module.kernel_size[1]

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.inference_mode():
        net(torch.zeros(1, 3, size, size))
    for hook in hooks:
        hook.remove()
    return total


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "checkpoints/detector.pt")
    parser.add_argument("--output", type=Path, default=MODELS)
    parser.add_argument("--score", type=float, help="threshold for a confident part; default: keep the contract's")
    parser.add_argument("--weak", type=float, help="threshold for a hint of a part; default: keep the contract's")
    parser.add_argument("--version", help="of the model; default: keep the contract's")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    weights = {k: v.float() if v.is_floating_point() else v for k, v in state["average"].items()}
    net = PartNet()
    net.load_state_dict(weights)
    detector = Detector(fuse(net.eval())).eval()

    path = options.output / "detector.onnx"
    torch.onnx.export(
        detector, (torch.zeros(1, 3, 640, 640),), str(path), dynamo=False, opset_version=17,
        input_names=["images"], output_names=["detections"], dynamic_axes={"images": {2: "height", 3: "width"}},
    )
    run = session(path)
    worst = 0.0
    for height, width in ((640, 640), (64, 64), (352, 608)):
        picture = lattice(width, height)
        ours = detector(torch.from_numpy(picture)).detach().numpy()
        theirs = run.run(None, {"images": picture})[0]
        assert theirs.shape == (1, 400, 5 + len(CLASSES)), theirs.shape
        real = ours[0, :, 4] > 0.001  # rows of equal or zero score may come in any order
        worst = max(worst, float(np.abs(ours - theirs)[0, real].max(initial=0)))
    picture = lattice(640, 640)
    timings = []
    for _ in range(12):
        begin = time.perf_counter()
        run.run(None, {"images": picture})
        timings.append(time.perf_counter() - begin)
    print(f"onnxruntime against PyTorch: {worst:.2e}; 640x640 on 2 threads: {np.median(timings) * 1000:.0f} ms; "
          f"{multiply_adds(net) / 1e9:.2f} GMAC; {path.stat().st_size / 1e6:.2f} MB")

    contract_path = options.output / "detector.json"
    old = json.loads(contract_path.read_text()) if contract_path.exists() else {}
    thresholds = old.get("thresholds", {"score": 0.3, "weak": 0.1, "nmsIou": 0.5})
    thresholds.update({k: v for k, v in (("score", options.score), ("weak", options.weak)) if v is not None})
    golden = run.run(None, {"images": lattice(64, 64)})[0][0, :4]
    contract = {
        "contractVersion": 1,
        "task": "detect",
        "name": "boardiff-parts",
        "version": options.version or old.get("version", "0.1.0"),
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "license": "MIT",
        "input": {
            "name": "images", "layout": "NCHW", "color": "RGB", "range": [0, 1], "mean": [0, 0, 0], "std": [1, 1, 1],
            "tile": 640, "overlap": 96, "resize": "tile", "multipleOf": 32, "scales": [1, 0.25],
        },
        "output": {
            "name": "detections", "decoder": "yolox", "decoded": True, "boxFormat": "cxcywh", "boxUnit": "pixel",
            "objectness": True,
        },
        "classes": CLASSES,
        "thresholds": thresholds,
        "trainingData": TRAINING_DATA,
        "quality": old.get("quality", {"measured": datetime.date.today().isoformat(), "dataset": "not measured yet", "command": "python models/training/evaluate.py"}),
        "golden": {
            "input": {"width": 64, "height": 64, "pattern": "lattice-1"},
            "expect": [[round(float(v), 5) for v in row] for row in golden],
            "tolerance": 1e-3,
        },
    }
    contract_path.write_text(json.dumps(contract, indent=2) + "\n")
    half = {key: {k: v.half() if v.is_floating_point() else v for k, v in state[key].items()} for key in ("net", "average")}
    torch.save({**half, "step": state["step"], "spent": state["spent"]}, HERE / "checkpoints/detector.pt")


if __name__ == "__main__":
    main()
