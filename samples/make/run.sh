#!/bin/sh
# Makes every sample again: the board, its variants, the photos, the truth and the single parts.
# usage: run.sh [WORKDIR]   (work files, about 100 MB; default: a temporary folder)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
samples=$(dirname "$here")
work=${1:-$(mktemp -d)}
kicad_python=${KICAD_PYTHON:-/usr/bin/python3}   # must be able to import pcbnew
python=${PYTHON:-python3}                         # must be able to import cv2 and numpy
export PYTHONDONTWRITEBYTECODE=1
mkdir -p "$work/board" "$work/parts"
"$kicad_python" "$here/board.py" "$work/board"
"$python" "$here/camera.py" "$work/board" "$samples"
"$kicad_python" "$here/parts.py" board "$work/parts"
"$python" "$here/parts.py" cut "$work/parts" "$samples"
