#!/bin/sh
# One command from nothing to models/change.onnx: sh models/training/change/make_change.sh DATA CACHE MINUTES
# The detector's checkpoint, drawn and rendered boards are used as they are when they exist. Running it again goes on training.
set -eu
data=$(cd "${1:-../shared/data}" && pwd)
cache=${2:-/tmp/boardiff-cache}
minutes=${3:-240}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
cd "$(dirname "$0")"
python3 test_attention.py
[ -d "$cache/drawn" ] || (cd .. && python3 draw_scenes.py --data "$data" --cache "$cache" --count 360)
[ -f "$cache/real_pairs.json" ] || python3 pair_index.py --data "$data" --cache "$cache"
# Rendered pairs take KiCad 9 and hours of CPU (some 800 renders); without KiCad the training goes on without them, and is worse for it.
if command -v kicad-cli > /dev/null; then (cd .. && python3 boards3d/render.py --data "$data" --cache "$cache"); fi
[ -f "$cache/before.pt" ] || [ ! -f checkpoints/change.pt ] || cp checkpoints/change.pt "$cache/before.pt"
python3 train.py --data "$data" --cache "$cache" --minutes "$minutes" --start-from checkpoints/change.pt --processes 2
# Half way between what it began with and what it ended with is better than either.
ready=$cache/change.pt
if [ -f "$cache/before.pt" ]; then
    ready=$cache/mixed.pt
    python3 mix.py --before "$cache/before.pt" --after "$cache/change.pt" --output "$ready"
fi
python3 export.py --checkpoint "$ready" --output "$cache"
cd .. && python3 quantize.py change --float "$cache/change.onnx" --data "$data" --cache "$cache"
