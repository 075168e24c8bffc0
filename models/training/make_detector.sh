#!/bin/sh
# The whole way from data to detector.onnx. Usage: make_detector.sh [DATA] [CACHE] [MINUTES]
set -eu
cd "$(dirname "$0")"
data=${1:-../../../shared/data}
cache=${2:-/tmp/boardiff-cache}
minutes=${3:-48}
export OMP_WAIT_POLICY=PASSIVE
[ -d "$cache/drawn" ] || python3 draw_scenes.py --data "$data" --cache "$cache" --count 330
python3 train.py --data "$data" --cache "$cache" --minutes "$minutes" --batch 8
python3 export.py --checkpoint "$cache/train.pt"
cp ../detector.onnx "$cache/detector.onnx"
python3 quantize.py detector --float "$cache/detector.onnx" --data "$data" --cache "$cache"
python3 evaluate.py --data "$data" --cache "$cache" --choose
python3 evaluate.py --data "$data" --cache "$cache" --write
python3 plot.py
