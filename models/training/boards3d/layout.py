"""Writes the variants of a board for kicad-cli. The only file that needs KiCad's python module `pcbnew`.

    layout.py BOARD.kicad_pcb WORKDIR --library FOLDER --group N --variants N

writes WORKDIR/<board>-g<N>-v<i>.kicad_pcb and WORKDIR/<board>-g<N>.json: outline, region, and every variant's parts.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pcbnew

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[3] / "samples/make")]

import board as sample  # noqa: E402  the sample board's maker: markings, and how a board is saved for rendering

from boards.kicad import read_board  # noqa: E402
from boards3d.camera import MOST_MM  # noqa: E402
from boards3d.dress import Part, dress, vary  # noqa: E402
from boards3d.library import load  # noqa: E402
from boards3d.matching import Matcher  # noqa: E402
from boards3d.recolour import tinted  # noqa: E402

MASKS = {  # mask colours with their opacity, as KiCad writes them, and the silkscreen's
    "green": ("#05461FDA", "White"), "black": ("#0B0B0CE8", "White"), "blue": ("#0A2A66DC", "White"), "red": ("#7A0C0CDC", "White"),
    "white": ("#EDEDE8F0", "Black"), "purple": ("#35104FDC", "White"), "dark green": ("#0C2E1AE0", "White"),
}
FINISHES = ["HAL lead-free", "ENIG", "Immersion tin"]
ASTRAY = 0.06  # share of the small parts turned or shifted, from the third group on
MARKS = [(0.47, 0.47, 0.46), (0.62, 0.62, 0.6), (0.33, 0.33, 0.33)]


def _add_model(footprint, name: str, offset, rotation: float = 0.0, scale=(1, 1, 1)) -> None:
    model = pcbnew.FP_3DMODEL()
    model.m_Filename = name
    model.m_Offset.x, model.m_Offset.y, model.m_Offset.z = map(float, offset)
    model.m_Rotation.z = float(rotation)
    model.m_Scale.x, model.m_Scale.y, model.m_Scale.z = map(float, scale)
    footprint.Models().append(model)


def write(source: Path, parts: list[Part], out: Path, marks: sample.Builder, mask: str, finish: str, ink) -> None:
    board = pcbnew.LoadBoard(str(source))
    board.SetCopperLayerCount(2)
    board.GetDesignSettings().SetBoardThickness(pcbnew.FromMM(1.6))
    sites = {}
    for footprint in board.GetFootprints():
        footprint.Models().clear()
        at = footprint.GetPosition()
        sites[footprint.GetReference(), round(pcbnew.ToMM(at.x), 2), round(pcbnew.ToMM(at.y), 2)] = footprint
    for part in parts:
        if part.site:
            footprint = sites.get((part.site[0], round(part.site[1], 2), round(part.site[2], 2)))
            if footprint is None:
                print("no footprint", part.ref, file=sys.stderr)
                continue
        else:
            footprint = pcbnew.FOOTPRINT(board)
            footprint.SetReference(part.ref)
            footprint.Reference().SetVisible(False)
            footprint.Value().SetVisible(False)
            footprint.SetPosition(pcbnew.VECTOR2I(*(pcbnew.FromMM(float(v)) for v in part.place)))
            footprint.SetOrientationDegrees(part.angle)
            board.Add(footprint)
        _add_model(footprint, tinted(part.model, part.kind, part.tint, out.parent), part.offset, part.rotation, part.scale)
        if part.mark:
            _add_model(footprint, "${KIPRJMOD}/models/" + marks.mark(part.mark, round(part.mark_size, 1) or 0.3, ink), part.mark_at, part.mark_turn)
    sample.save(board, str(out), *MASKS[mask], finish)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--library", type=Path, required=True, help="folder of library.json")
    parser.add_argument("--group", type=int, default=0)
    parser.add_argument("--variants", type=int, default=3)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    name = options.source.stem.replace(".", "_") + f"-g{options.group}"
    rng = np.random.default_rng([sum(map(ord, options.source.stem)), options.group])
    layout = read_board(options.source)
    board = pcbnew.LoadBoard(str(options.source))
    edges = board.GetBoardEdgesBoundingBox()
    low = np.array([pcbnew.ToMM(edges.GetLeft()), pcbnew.ToMM(edges.GetTop())])
    extent = np.array([pcbnew.ToMM(edges.GetWidth()), pcbnew.ToMM(edges.GetHeight())])
    shapes = pcbnew.SHAPE_POLY_SET()
    board.GetBoardPolygonOutlines(shapes)
    rings = [shapes.Outline(i) for i in range(shapes.OutlineCount())]
    ring = max(rings, key=lambda r: r.PointCount() and abs(r.Area()))
    outline = np.array([[pcbnew.ToMM(ring.CPoint(i).x), pcbnew.ToMM(ring.CPoint(i).y)] for i in range(ring.PointCount())])

    # A window on large boards, another one in each group.
    portrait = bool(extent[1] > extent[0])
    window = np.minimum(extent, MOST_MM[::-1] if portrait else MOST_MM)
    start = low + (extent - window) * (rng.uniform(0, 0.35, 2) if options.group % 2 == 0 else rng.uniform(0.65, 1, 2))
    region = np.array([start, start + window])

    matcher = Matcher(load(options.library))
    parts = dress(layout, matcher, rng)
    sites = {f"{s.reference or '?'}@{s.centre[0]:.2f},{s.centre[1]:.2f}": s for s in layout.footprints}
    bare = []
    for footprint in board.GetFootprints():
        for pad in footprint.Pads():
            if pad.IsOnLayer(pcbnew.F_Cu) or pad.GetDrillSize().x:
                box = pad.GetBoundingBox()
                bare.append([pcbnew.ToMM(v) for v in (box.GetLeft(), box.GetTop(), box.GetRight(), box.GetBottom())])
    bare = np.array(bare)

    def free(corners: np.ndarray) -> bool:
        if not all(shapes.Contains(pcbnew.VECTOR2I(*(pcbnew.FromMM(float(v)) for v in c))) for c in corners):
            return False
        a, b = corners.min(0) - 0.15, corners.max(0) + 0.15
        return not ((bare[:, 0] < b[0]) & (bare[:, 2] > a[0]) & (bare[:, 1] < b[1]) & (bare[:, 3] > a[1])).any()

    masks = list(MASKS)
    mask = masks[(sum(map(ord, options.source.stem)) + 3 * options.group) % len(masks)]
    finish, ink = FINISHES[rng.integers(len(FINISHES))], MARKS[rng.integers(len(MARKS))]
    marks = sample.Builder(str(options.work))
    # Builder numbers its files from nought; keep each group's apart.
    marks.mark = _numbered(marks, name)
    variants = []
    for index in range(options.variants):
        loss = rng.uniform(0.0, 0.06) if index == 0 else rng.uniform(0.12, 0.25)
        fitted = vary(parts, sites, matcher, loss, free, region, rng, 0.0 if options.group < 2 else ASTRAY)
        write(options.source, fitted, options.work / f"{name}-v{index}.kicad_pcb", marks, mask, finish, ink)
        variants.append([p.record() for p in fitted])
    (options.work / f"{name}.json").write_text(json.dumps({
        "board": options.source.stem, "group": name, "mask": mask, "low": low.tolist(), "extent": extent.tolist(), "outline": outline.tolist(),
        "region": region.tolist(), "portrait": portrait, "variants": variants,
    }))


def _numbered(marks: sample.Builder, name: str):
    plain = sample.Builder.mark

    def mark(text, size, colour):
        key = (text, size, colour)
        if key not in marks.marks:
            made = plain(marks, text, size, colour)
            mine = f"{name}-{made}"
            (Path(marks.models) / made).replace(Path(marks.models) / mine)
            marks.marks[key] = mine
        return marks.marks[key]

    return mark


if __name__ == "__main__":
    main()
