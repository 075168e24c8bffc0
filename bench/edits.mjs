// Makes the edited photos of bench/plants.mjs: planted parts, removed parts and decoys on one photo.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { insidePolygon, mapPoint, signedArea } from '../dist/geometry/index.js';
import {
  choosePlaces,
  drawLight,
  drawnPartPictures,
  LEAST_VISIBLE,
  pasteDecoy,
  plantPart,
  removePart,
  renderedPartPicture,
  rgba,
  rotatePart,
  shiftPart,
  swapPart,
} from '../dist/selftest/index.js';

/** Rendered parts of samples/parts, as pictures with their class and size. */
export async function loadParts(folder) {
  const list = JSON.parse(await readFile(join(folder, 'parts.json'), 'utf8'));
  return Promise.all(
    list.map(async (part) => {
      const file = sharp(join(folder, part.file)).ensureAlpha().raw();
      const { data, info } = await file.toBuffer({ resolveWithObject: true });
      const picture = rgba(new Uint8Array(data), info.width, info.height);
      return renderedPartPicture(part.class, part.widthMm, part.heightMm, picture);
    }),
  );
}

/** Boxes of a YOLO label file (class, centre and size as shares of the photo) in pixels. */
export async function readLabels(file, width, height) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length >= 5 && row.every(Number.isFinite))
    .map(([, cx, cy, w, h]) => ({
      x: (cx - w / 2) * width,
      y: (cy - h / 2) * height,
      width: w * width,
      height: h * height,
    }));
}

/** Convex hull of a mask, clockwise on screen. Source: Andrew's monotone chain, Inf. Proc. Letters 9(5), 1979. */
export function maskHull(mask, width, height) {
  const points = [];
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width);
    const left = row.findIndex(Boolean);
    if (left >= 0) points.push([left, y], [row.findLastIndex(Boolean), y]);
  }
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const cross = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const chain = (list) => {
    const hull = [];
    for (const point of list) {
      while (hull.length > 1 && cross(hull.at(-2), hull.at(-1), point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  const hull = [...chain(points), ...chain([...points].reverse())];
  return signedArea(hull) < 0 ? hull.reverse() : hull;
}

/** What happens to a fitted part beside its removal, each in turn. */
const CHANGES = ['shift', 'rotate', 'swap'];

/**
 * @param photo RGB raster
 * @param shot { mask: board, one byte a pixel; labels: part boxes; homography: photo → reference or null;
 *   golden: { polygon, width, height } }
 * @param parts rendered parts, drawn ones are added
 * @param counts { plants, decoys, removals, changes, sizes: [least, most] long side in px }
 * @returns {{photo, edits: {kind, box, longSidePx, place, part, visibility, left}[]}} `longSidePx` is the visible
 *   part's, `left` the places that a changed part has left
 */
export function editPhoto(photo, shot, parts, counts, random) {
  const { mask, labels, homography, golden } = shot;
  const [least, most] = counts.sizes;
  const inReference = ([x, y]) => !homography || insidePolygon(golden.polygon, mapPoint(homography, [x, y]));
  const longSide = (box) => Math.max(box.width, box.height);
  const light = drawLight(random);
  const edits = [];
  const taken = [];
  let current = photo;
  const keep = (kind, edit, place, part, left = []) => {
    current = edit.photo;
    const { box, visibility } = edit;
    edits.push({ kind, box, longSidePx: longSide(box), place, part, visibility, left });
  };

  // Fitted parts first: what is planted later lies beside what is left of them.
  const first = random.integer(0, 2);
  const kinds = [
    ...Array.from({ length: counts.removals }, () => 'removal'),
    ...Array.from({ length: counts.changes ?? 0 }, (_, k) => CHANGES[(first + k) % 3]),
  ];
  const fitted = labels
    .filter((box) => longSide(box) >= 10 && longSide(box) <= most)
    .filter((box) => inReference([box.x + box.width / 2, box.y + box.height / 2]))
    .map((box) => ({ box, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ box }) => box);
  for (const box of fitted) {
    if (kinds.length === 0) break;
    const edit = changePart(current, box, kinds[0], { labels, mask, parts, light }, random);
    if (!edit || edit.visibility < LEAST_VISIBLE) continue;
    keep(kinds.shift(), edit, null, null, [box]);
    taken.push(box, edit.box);
  }

  const turned = homography ? boardAngle(homography, photo) : 0;
  const longSidesPx = Array.from({ length: counts.plants }, () =>
    Math.exp(random.range(Math.log(least), Math.log(most))),
  );
  const places = choosePlaces(photo, mask, { longSidesPx, parts: labels, taken }, random);
  for (const { center, longSidePx, kind, box } of places) {
    if (!inReference(center)) continue;
    for (let tried = 0; tried < 6; tried++) {
      const { label, picture } = pickPart(parts, longSidePx, random);
      const angleDeg = turned + 90 * random.integer(0, 3) + random.range(-3, 3);
      const edit = plantPart(current, picture, { center, angleDeg, longSidePx }, random, { light });
      if (edit.visibility < LEAST_VISIBLE) continue;
      taken.push(box);
      keep('plant', edit, kind, label);
      break;
    }
  }

  const decoySizes = Array.from({ length: counts.decoys }, () =>
    Math.exp(random.range(Math.log(12), Math.log(most))),
  );
  for (const { center, longSidePx, kind } of choosePlaces(
    photo,
    mask,
    { longSidesPx: decoySizes, taken },
    random,
  )) {
    const angleDeg = turned + random.range(-10, 10);
    const edit = pasteDecoy(current, { center, angleDeg, longSidePx }, random.range(0.5, 1), random);
    keep('decoy', edit, kind, null);
  }
  return { photo: current, edits };
}

/** One fitted part gone, moved, turned or swapped; `null` where the photo has no room for it. */
function changePart(photo, box, kind, { labels, mask, parts, light }, random) {
  const others = { parts: labels, board: mask };
  try {
    if (kind === 'removal') return removePart(photo, box, random, { ...others, pads: random.next() < 0.5 });
    if (kind === 'swap') {
      const { picture } = pickPart(parts, Math.max(box.width, box.height), random);
      return swapPart(photo, box, picture, random, { ...others, light });
    }
    if (kind === 'rotate')
      return rotatePart(photo, box, squarish(box) ? random.integer(1, 3) : 2, random, others);
    const by = random.range(0.3, 0.7) * Math.min(box.width, box.height);
    const angle = random.range(0, 2 * Math.PI);
    const turn = { dx: by * Math.cos(angle), dy: by * Math.sin(angle), angleDeg: random.range(-15, 15) };
    return shiftPart(photo, box, turn, random, others);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const squarish = ({ width, height }) => Math.max(width, height) < 1.3 * Math.min(width, height);

const DRAWN = drawnPartPictures();

function pickPart(rendered, longSidePx, random) {
  const part = random.next() < 0.5 ? random.pick(DRAWN) : random.pick(rendered);
  const pxPerMm = Math.max(48, Math.ceil(longSidePx * 3)) / Math.max(part.widthMm, part.heightMm);
  return { label: part.label, picture: part.draw(pxPerMm, random) };
}

/** How far the board is turned in the photo, degrees clockwise against the reference. */
function boardAngle(homography, { width, height }) {
  const [x0, y0] = mapPoint(homography, [width / 2, height / 2]);
  const [x1, y1] = mapPoint(homography, [width / 2 + 10, height / 2]);
  return (-Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
}
