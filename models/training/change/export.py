"""Write change.onnx, its contract change.json and the small checkpoint to go on from.

    python export.py --checkpoint /tmp/boardiff-cache/change.pt
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import importlib.util
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from mix import read, weights
from network import ChangeNet, LocalAttention

HERE = Path(__file__).resolve().parent
MODELS = HERE.parents[1]
TILE, OVERLAP, MULTIPLE = 640, 64, 64


def detector_export():
    """The detector's export.py, whose helpers (golden input, batch norm folding, session) are shared. Same file name, so by path."""
    spec = importlib.util.spec_from_file_location("detector_export", HERE.parent / "export.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["detector_export"] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "checkpoints/change.pt")
    parser.add_argument("--output", type=Path, default=MODELS)
    parser.add_argument("--version", help="of the model; default: keep the contract's")
    options = parser.parse_args()
    shared = detector_export()
    state = read(options.checkpoint)
    net = ChangeNet()
    net.load_state_dict(weights(state, "average"))
    net = shared.fuse(net.eval())

    def inputs(height: int, width: int) -> list[np.ndarray]:
        """Golden pair: the lattice, and the same lattice turned upside down."""
        picture = shared.lattice(width, height)
        return [picture, np.ascontiguousarray(picture[:, :, ::-1])]

    small = [torch.from_numpy(x) for x in inputs(128, 64)]
    with torch.inference_mode():
        by_kernel = net(*small)
    for module in net.modules():
        if isinstance(module, LocalAttention):
            module.plain = True
    with torch.inference_mode():
        assert (net(*small) - by_kernel).abs().max() < 1e-3, "the C kernel and the plain operations disagree"

    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "change.onnx"
    fresh = path.with_suffix(".new")
    axes = {2: "height", 3: "width"}
    torch.onnx.export(
        net, tuple(torch.zeros(1, 3, TILE, TILE) for _ in range(2)), str(fresh), dynamo=False, opset_version=17,
        input_names=["reference", "photo"], output_names=["change"], dynamic_axes={"reference": axes, "photo": axes, "change": {2: "rows", 3: "columns"}},
    )
    run = shared.session(fresh)
    worst = 0.0
    for height, width in ((TILE, TILE), (64, 64), (320, 576)):
        pair = inputs(height, width)
        theirs = run.run(None, dict(zip(("reference", "photo"), pair)))[0]
        with torch.inference_mode():
            ours = net(*(torch.from_numpy(x) for x in pair)).numpy()
        assert theirs.shape == (1, 2, height // 4, width // 4), theirs.shape
        worst = max(worst, float(np.abs(ours - theirs).max()))
    reference, photo = inputs(TILE, TILE)
    timings = []
    for _ in range(8):
        begin = time.perf_counter()
        run.run(None, {"reference": reference, "photo": photo})
        timings.append(time.perf_counter() - begin)
    print(f"onnxruntime against PyTorch: {worst:.2e}; {TILE}x{TILE} pair on 2 threads: {np.median(timings) * 1000:.0f} ms; {fresh.stat().st_size / 1e6:.2f} MB", flush=True)
    assert worst < 5e-3
    reference, photo = inputs(64, 64)
    golden = run.run(None, {"reference": reference, "photo": photo})[0]
    fresh.replace(path)

    contract_path = options.output / "change.json"
    old = json.loads(contract_path.read_text()) if contract_path.exists() else {}
    contract = {
        "contractVersion": 1,
        "task": "change",
        "name": "boardiff-change",
        "version": options.version or old.get("version", "0.1.0"),
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "license": "MIT",
        "input": {
            "names": {"reference": "reference", "photo": "photo"}, "layout": "NCHW", "color": "RGB", "range": [0, 1],
            "mean": [0, 0, 0], "std": [1, 1, 1], "tile": TILE, "overlap": OVERLAP, "multipleOf": MULTIPLE,
        },
        "output": {"name": "change", "stride": 4},
        # Measured afterwards, by the product itself: bench/calibrate.mjs --write.
        "decision": old.get("decision", {"level": 1.6, "noise": 0.7, "spread": 0.6, "falseCalls": 0.5}),
        "trainingData": json.loads((HERE / "sources.json").read_text()),
        "quality": old.get("quality", {"measured": datetime.date.today().isoformat(), "dataset": "not measured yet", "command": "npm run eval:plants"}),
        "golden": {
            "input": {"width": 64, "height": 64, "pattern": "lattice-1"},
            "expect": {"row": 8, "added": [round(float(v), 4) for v in golden[0, 0, 8]], "removed": [round(float(v), 4) for v in golden[0, 1, 8]]},
            "tolerance": 1e-2,
        },
    }
    contract_path.write_text(json.dumps(contract, indent=2) + "\n")
    half = {key: {k: v.half() if v.is_floating_point() else v for k, v in state[key].items()} for key in ("net", "average")}
    (HERE / "checkpoints").mkdir(exist_ok=True)
    torch.save({**half, "step": state["step"], "spent": state["spent"]}, HERE / "checkpoints/change.pt")


if __name__ == "__main__":
    main()
