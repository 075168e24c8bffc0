import { basename } from 'node:path';
import { type Detection, type Detections, detectionAt } from '../detect/index.js';
import type { Photo } from '../photo/index.js';
import { showControls } from '../report/escape.js';
import { plainJson } from '../report/plainJson.js';

/** Detections as text: a table, plain JSON, a COCO dataset of one image, or YOLO label lines. */
export function renderDetections(
  detections: Detections,
  photo: Photo,
  format: 'table' | 'json' | 'coco' | 'yolo',
): string {
  const list = Array.from({ length: detections.count }, (_, k) => detectionAt(detections, k));
  switch (format) {
    case 'table':
      return table(list);
    case 'json':
      return json(list, photo);
    case 'coco':
      return coco(list, photo, detections.names);
    case 'yolo':
      return yolo(list, photo, detections.names);
  }
}

const round = (value: number, steps: number) => Math.round(value * steps) / steps;

function table(list: Detection[]): string {
  const lines = list.map(({ box, score, label }) => {
    const place = `${Math.round(box.x)}, ${Math.round(box.y)}`.padStart(12);
    const size = `${Math.round(box.width)} × ${Math.round(box.height)}`.padStart(12);
    return `  ${score.toFixed(2)}  ${showControls(label).padEnd(14)}${place}${size}`;
  });
  const head = list.length > 0 ? `  part  class           place (px)   size (px)\n` : '';
  return `${list.length} parts\n${head}${lines.map((line) => `${line}\n`).join('')}`;
}

function json(list: Detection[], { path, sha256, pixels }: Photo): string {
  const parts = list.map(({ box, score, label, labelScore }) => ({
    box: {
      x: round(box.x, 10),
      y: round(box.y, 10),
      width: round(box.width, 10),
      height: round(box.height, 10),
    },
    score: round(score, 1e4),
    label,
    labelScore: round(labelScore, 1e4),
  }));
  return `${plainJson({ photo: { path, sha256, width: pixels.width, height: pixels.height }, parts }, 2)}\n`;
}

function coco(list: Detection[], { path, pixels }: Photo, names: readonly string[]): string {
  const document = {
    images: [{ id: 1, file_name: basename(path), width: pixels.width, height: pixels.height }],
    categories: names.map((name, k) => ({ id: k + 1, name })),
    annotations: list.map(({ box, score, label }, k) => ({
      id: k + 1,
      image_id: 1,
      category_id: names.indexOf(label) + 1,
      bbox: [round(box.x, 10), round(box.y, 10), round(box.width, 10), round(box.height, 10)],
      area: round(box.width * box.height, 10),
      iscrowd: 0,
      score: round(score, 1e4),
    })),
  };
  return `${plainJson(document, 2)}\n`;
}

/** One line a part: class index, then centre and size as shares of the photo, then the score. */
function yolo(list: Detection[], { pixels: { width, height } }: Photo, names: readonly string[]): string {
  return list
    .map(({ box, score, label }) => {
      const numbers = [
        (box.x + box.width / 2) / width,
        (box.y + box.height / 2) / height,
        box.width / width,
        box.height / height,
        score,
      ];
      return `${names.indexOf(label)} ${numbers.map((value) => value.toFixed(6)).join(' ')}\n`;
    })
    .join('');
}
