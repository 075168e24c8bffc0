"""Turn the convolutions of an exported model into 8-bit integers: less than half the time on any CPU.

    python quantize.py change   --float /tmp/boardiff-cache/change.onnx --data ../../../shared/data --cache /tmp/boardiff-cache
    python quantize.py detector --float /tmp/boardiff-cache/detector.onnx --data ../../../shared/data --cache /tmp/boardiff-cache

Static quantisation (Jacob et al., CVPR 2018, arXiv 1712.05877) by ONNX Runtime's own tool: weights per channel,
activations per tensor, ranges measured on training pictures. Weights get seven bits: with eight, the integer kernels of
CPUs without VNNI saturate, and the same photo would be judged differently on an older machine. The first layer, the
attention and the heads stay in floating point. Prints how far outputs move on held-out pictures, and for the change
model what that does to its recall. Writes the model and the hash and golden output in its contract.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Iterator

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from export import lattice, session

HERE = Path(__file__).resolve().parent
# Layers that work in integers; three colour channels, cosine similarities and logits would lose too much.
INTEGER = re.compile(r"^(/net)?/(level4|level8|level16|level32|join|again|up|side)")


class Feeds(CalibrationDataReader):
    def __init__(self, feeds: Iterator[dict[str, np.ndarray]]):
        self.feeds = feeds

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self.feeds, None)


def quantize(source: Path, target: Path, feeds: Iterator[dict[str, np.ndarray]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        graph = onnx.load(str(prepared)).graph
        doubled = {output for node in graph.node if node.op_type == "Resize" for output in node.output}
        chosen = [n.name for n in graph.node if INTEGER.match(n.name) or n.op_type == "Resize" or (n.op_type == "Add" and doubled & set(n.input))]
        assert len(chosen) > 30, "hardly any layer is chosen: were they renamed?"
        quantize_static(
            str(prepared), str(target), Feeds(feeds), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv", "Relu", "Add", "Resize"],
            nodes_to_quantize=chosen, per_channel=True, reduce_range=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )


def change_pictures(data: Path, cache: Path, count: int, validation: bool) -> Iterator[dict[str, np.ndarray]]:
    sys.path.insert(0, str(HERE / "change"))
    from pairs import PairMaker

    maker = PairMaker(data, cache, 320, validation)
    rng = np.random.default_rng(11)
    for _ in range(count):
        pair = maker.pair(rng)
        yield {k: np.ascontiguousarray(pair[k].transpose(2, 0, 1)[None], np.float32) / 255 for k in ("reference", "photo")}


def detector_pictures(data: Path, cache: Path, count: int, validation: bool) -> Iterator[dict[str, np.ndarray]]:
    from scenes import held_out, read_yellowlabs

    rng = np.random.default_rng(11)
    scenes = [s for s in read_yellowlabs(data) if held_out(s.name) == validation and min(s.image.shape[:2]) >= 416]
    for k in rng.choice(len(scenes), min(count, len(scenes)), replace=False):
        yield {"images": np.ascontiguousarray(scenes[k].image[:416, :416].transpose(2, 0, 1)[None], np.float32) / 255}


class AsNet:
    """An ONNX model where score_pairs expects a torch module."""

    def __init__(self, path: Path):
        self.run = session(path)

    def eval(self) -> None:
        pass

    def __call__(self, reference, photo):
        import torch

        return torch.from_numpy(self.run.run(None, {"reference": reference.numpy(), "photo": photo.numpy()})[0])


def compare_change(data: Path, cache: Path, source: Path, target: Path, each: int) -> None:
    sys.path.insert(0, str(HERE / "change"))
    from pairs import PairMaker
    from score import score_pairs

    judge = PairMaker(data, cache, 320, validation=True)
    rng = np.random.default_rng(5)
    pairs = [judge.pair(rng, kind) for kind in ("photos", "drawn", "plain", "real", "rendered") for _ in range(each)]
    for name, path in (("float", source), ("8 bit", target)):
        print(f"{name}: {score_pairs(AsNet(path), pairs)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=["change", "detector"])
    parser.add_argument("--float", type=Path, required=True, help="as export.py wrote it")
    parser.add_argument("--data", type=Path, default=HERE / "../../../shared/data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/boardiff-cache"))
    parser.add_argument("--output", type=Path, default=HERE.parent)
    parser.add_argument("--pictures", type=int, default=48)
    parser.add_argument("--score", type=int, default=32, help="held-out pairs of each kind to compare recall on")
    options = parser.parse_args()
    pictures = change_pictures if options.model == "change" else detector_pictures
    target = options.output / f"{options.model}.onnx"
    fresh = target.with_suffix(".new")
    quantize(options.float, fresh, pictures(options.data, options.cache, options.pictures, False))
    before, after = session(options.float), session(fresh)
    moved = [np.abs(before.run(None, x)[0] - after.run(None, x)[0]) for x in pictures(options.data, options.cache, 12, True)]
    print(f"outputs moved by {np.median(np.concatenate([m.ravel() for m in moved])):.3f} in the median, "
          f"{np.quantile(np.concatenate([m.ravel() for m in moved]), 0.99):.3f} at most in 99 %; {options.float.stat().st_size / 1e6:.2f} -> {fresh.stat().st_size / 1e6:.2f} MB")
    if options.model == "change" and options.score:
        compare_change(options.data, options.cache, options.float, fresh, options.score)
    fresh.replace(target)
    path = options.output / f"{options.model}.json"
    contract = json.loads(path.read_text())
    contract["sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()
    picture = lattice(64, 64)
    if options.model == "change":
        golden = after.run(None, {"reference": picture, "photo": np.ascontiguousarray(picture[:, :, ::-1])})[0]
        contract["golden"]["expect"] = {"row": 8, "added": [round(float(v), 4) for v in golden[0, 0, 8]], "removed": [round(float(v), 4) for v in golden[0, 1, 8]]}
    else:
        golden = after.run(None, {"images": picture})[0][0, :4]
        contract["golden"]["expect"] = [[round(float(v), 5) for v in row] for row in golden]
    # Integer kernels round alike but for ties; one activation a step off moves an output by up to this.
    contract["golden"]["tolerance"] = 0.25
    path.write_text(json.dumps(contract, indent=2) + "\n")


if __name__ == "__main__":
    main()
