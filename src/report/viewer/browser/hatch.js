import { toFrame } from './paint.js';

/** @type {CanvasPattern | null} */
let hatch = null;

/** Hatches the places of a photo that were not judged. @param {CanvasRenderingContext2D} context @param {import('./types.js').Unjudged[]} places @param {number} photo @param {import('./types.js').View} view */
export function drawUnjudged(context, places, photo, view) {
  hatch ??= makeHatch(context);
  toFrame(context, view);
  context.beginPath();
  for (const place of places) {
    if (place.photo !== photo) continue;
    for (const [k, [x, y]] of place.polygon.entries()) k === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
    context.closePath();
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (hatch) context.fillStyle = hatch;
  context.fill();
  for (const [style, width] of /** @type {[string, number][]} */ ([
    ['#000000b0', 3 * devicePixelRatio],
    ['#ffffffd0', devicePixelRatio],
  ])) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.setLineDash([]);
    context.stroke();
  }
}

/** Dark and light stripes: one of them shows on any board. @param {CanvasRenderingContext2D} context */
function makeHatch(context) {
  const side = Math.round(9 * devicePixelRatio);
  const tile = document.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const inTile = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
  inTile.fillStyle = '#00000038';
  inTile.fillRect(0, 0, side, side);
  inTile.strokeStyle = '#ffffffb0';
  inTile.lineWidth = 1.2 * devicePixelRatio;
  for (const shift of [-side, 0, side]) {
    inTile.beginPath();
    inTile.moveTo(shift - 2, side + 2);
    inTile.lineTo(shift + side + 2, -2);
    inTile.stroke();
  }
  return context.createPattern(tile, 'repeat');
}
