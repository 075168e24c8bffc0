"""Draw both training logs as pictures beside them. No plotting library, so that nothing more need be installed."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent
LOGS = {
    "logs/detector.csv": {"photos_ap50": "#1a7f37", "drawn_ap50": "#0969da", "photos_recall": "#9a6700", "loss_box": "#cf222e", "loss_heat": "#8250df"},
    "change/logs/change.csv": {"recall": "#1a7f37", "recall_under16": "#0969da", "recall_over30": "#9a6700", "loss_total": "#cf222e", "loss_hard": "#8250df"},
}
WIDTH, HEIGHT, LEFT, TOP = 640, 320, 48, 16


def draw(log: Path, series: dict[str, str]) -> None:
    rows = list(csv.DictReader(log.open()))
    minutes, offset = [], 0.0
    for before, row in zip([None, *rows], rows):  # a run begun with --start-from counts from 0 again
        if before and float(row["minutes"]) < float(before["minutes"]):
            offset = minutes[-1]
        minutes.append(offset + float(row["minutes"]))
    longest = max(minutes)
    top = max(1.0, *(float(r[name]) for r in rows for name in series))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + 170}" height="{HEIGHT + 48}" font-family="sans-serif" font-size="12">']
    for i in range(5):
        y = TOP + HEIGHT * i / 4
        out.append(f'<path d="M{LEFT} {y}H{LEFT + WIDTH}" stroke="#d0d7de"/><text x="4" y="{y + 4}">{top * (1 - i / 4):.2f}</text>')
    for n, (name, colour) in enumerate(series.items()):
        points = " ".join(f"{LEFT + WIDTH * m / longest:.1f},{TOP + HEIGHT * (1 - float(r[name]) / top):.1f}" for m, r in zip(minutes, rows))
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{LEFT + WIDTH + 8}" y="{TOP + 14 + 18 * n}" fill="{colour}">{name}</text>')
    out.append(f'<text x="{LEFT}" y="{TOP + HEIGHT + 22}">0</text><text x="{LEFT + WIDTH - 80}" y="{TOP + HEIGHT + 22}">{longest:.0f} minutes</text></svg>')
    log.with_suffix(".svg").write_text("\n".join(out) + "\n")


def main() -> None:
    for log, series in LOGS.items():
        draw(HERE / log, series)


if __name__ == "__main__":
    main()
