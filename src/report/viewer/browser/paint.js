/** From so many device pixels a picture pixel on, pixels are shown as squares instead of smoothed. */
const SQUARES_FROM = 4;
/** How much the difference is amplified: each step doubles it. */
const DOUBLINGS = 1;

/** @typedef {{ data: import('./types.js').PageData, view: import('./types.js').View, bitmaps: import('./bitmaps.js').Bitmaps }} Pictures */

/**
 * Paints what a canvas shows of the pictures.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./types.js').Shown} shown
 * @param {Pictures} pictures
 * @param {{ photo: number, divider: number }} look
 */
export function paint(context, shown, pictures, look) {
  if (shown === 'swipe') {
    paintOne(context, look.photo, pictures);
    const { width, height } = context.canvas;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(0, 0, Math.round(look.divider * width), height);
    context.clip();
    paintOne(context, 'golden', pictures);
    context.restore();
  } else if (shown === 'difference') paintDifference(context, pictures, look.photo);
  else paintOne(context, shown, pictures);
}

/** One picture: the whole, and what there is in finer resolution over it. @param {CanvasRenderingContext2D} context @param {number | 'golden'} which @param {Pictures} pictures */
function paintOne(context, which, { data, view, bitmaps }) {
  const { canvas } = context;
  const { frame } = data;
  const density = devicePixelRatio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#1b2024';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const picture = which === 'golden' ? data.golden : data.photos[which]?.picture;
  if (!picture) return;
  toFrame(context, view);
  const finest = view.scale * density;
  const over = (/** @type {ImageBitmap} */ bitmap, /** @type {import('./types.js').Box} */ place) => {
    // Squares are for pixels of the photo, not for those of a coarser picture.
    const whole = bitmap.width >= 0.99 * place.width;
    context.imageSmoothingEnabled = !whole || (finest * place.width) / bitmap.width < SQUARES_FROM;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, place.x, place.y, place.width, place.height);
  };
  const whole = bitmaps.get(picture.id);
  if (whole) over(whole, { x: 0, y: 0, width: frame.width, height: frame.height });
  const coarse = picture.width / frame.width;
  if (finest < coarse) return;
  const [right, bottom] = [view.left + canvas.width / finest, view.top + canvas.height / finest];
  const photo = which === 'golden' ? null : which;
  // Weakest first, so that the crop of the strongest lies on top where two overlap.
  for (let k = data.crops.length - 1; k >= 0; k--) {
    const crop = /** @type {import('./types.js').Crop} */ (data.crops[k]);
    const { place } = crop;
    if (crop.photo !== photo || crop.width / place.width < coarse) continue;
    if (place.x > right || place.y > bottom) continue;
    if (place.x + place.width < view.left || place.y + place.height < view.top) continue;
    const bitmap = bitmaps.get(crop.id);
    if (bitmap) over(bitmap, place);
  }
}

/** Lets what follows be drawn in pixels of the frame. @param {CanvasRenderingContext2D} context @param {import('./types.js').View} view */
export function toFrame(context, view) {
  const scale = view.scale * devicePixelRatio;
  context.setTransform(scale, 0, 0, scale, -view.left * scale, -view.top * scale);
}

/** @type {CanvasRenderingContext2D | null} */
let scratch = null;

/** What differs, bright on black. Light that differs all over is evened out first. @param {CanvasRenderingContext2D} context @param {Pictures} pictures @param {number} photo */
function paintDifference(context, pictures, photo) {
  const { canvas } = context;
  scratch ??= /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  if (scratch.canvas.width !== canvas.width) scratch.canvas.width = canvas.width;
  if (scratch.canvas.height !== canvas.height) scratch.canvas.height = canvas.height;
  const { golden, photos } = pictures.data;
  const theirs = golden?.mean ?? [1, 1, 1];
  const ours = photos[photo]?.picture.mean ?? theirs;
  paintOne(scratch, 'golden', pictures);
  darken(scratch, theirs, ours);
  paintOne(context, photo, pictures);
  darken(context, ours, theirs);
  context.globalCompositeOperation = 'difference';
  context.drawImage(scratch.canvas, 0, 0);
  // Without colours: what differs in colour alone still differs in lightness, and noise is less loud.
  context.globalCompositeOperation = 'saturation';
  context.fillStyle = '#000000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = 'lighter';
  for (let k = 0; k < DOUBLINGS; k++) context.drawImage(canvas, 0, 0);
  context.globalCompositeOperation = 'source-over';
}

/** Takes a picture of one mean down to another where that is darker. @param {CanvasRenderingContext2D} context @param {number[]} from @param {number[]} to */
function darken(context, from, to) {
  const share = from.map((value, c) => Math.round(255 * Math.min(1, (to[c] ?? value) / Math.max(1, value))));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = `rgb(${share.join(' ')})`;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = 'source-over';
}
