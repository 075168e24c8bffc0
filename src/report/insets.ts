import { type Box, growBox, type Point, scaleBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { GROUND, INK } from './banner.js';
import { crop, squareAround } from './crop.js';
import type { Layer } from './layers.js';
import type { PlacedMark } from './marks.js';
import { openStretches } from './openStretches.js';
import { textPath, textWidth } from './strokeFont.js';
import { linePath, svgImage, svgRect } from './svg.js';
import { KIND_COLORS, KIND_WORDS } from './words.js';

/** Number of magnified views beside the photo. */
const MOST_INSETS = 6;
/** A view shows at least this many pixels of the photo across: below that there is nothing more to see. */
const LEAST_CONTEXT = 72;

/** Where the views lie: a strip to the right of the photo, one square with a caption a row. */
export interface InsetStrip {
  width: number;
  /** Upper edge of each view, measured from the top of the photo. */
  tops: number[];
  /** Side of a view. */
  side: number;
  margin: number;
  caption: number;
}

/** A strip with a view for each mark, beside a photo of this size; `null` when there are none. */
export function insetStrip(
  marks: readonly PlacedMark[],
  { width, height }: { width: number; height: number },
): InsetStrip | null {
  if (marks.length === 0) return null;
  const pitch = Math.min(0.26 * width, height / Math.max(3, marks.length));
  const caption = Math.floor(Math.max(12, 0.1 * pitch));
  const margin = Math.max(3, 0.03 * pitch);
  const side = Math.floor(pitch - caption - margin);
  // A tiny photo leaves no room that would show anything.
  if (side < 48) return null;
  const wanted = marks.map(({ frame }) => frame.y + frame.height / 2 - side / 2);
  const tops = spread(wanted, pitch, margin / 2, height - side - caption - margin / 2).map(Math.round);
  return { width: Math.ceil(side + 2 * margin), tops, side, margin, caption };
}

/** Moves ascending positions apart to a distance and into a range, each as near as can be to where it wants to be. */
function spread(wanted: readonly number[], distance: number, least: number, most: number): number[] {
  const at = [...wanted];
  for (let k = 0; k < at.length; k++) {
    at[k] = Math.max(at[k]!, k === 0 ? least : at[k - 1]! + distance);
  }
  for (let k = at.length - 1; k >= 0; k--) {
    at[k] = Math.min(at[k]!, k === at.length - 1 ? most : at[k + 1]! - distance);
  }
  return at;
}

/** The strongest findings in the order of their place from top to bottom, so that their leaders do not tangle. */
export function insetMarks(marks: readonly PlacedMark[]): PlacedMark[] {
  return marks
    .slice(0, MOST_INSETS)
    .sort((a, b) => a.frame.y + a.frame.height / 2 - b.frame.y - b.frame.height / 2);
}

/**
 * The magnified views as layers of the picture.
 * @param photo full size
 * @param scale picture pixels a photo pixel
 * @param left edge of the strip
 * @param top edge of the strip
 */
export function insetLayers(
  marks: readonly PlacedMark[],
  strip: InsetStrip,
  photo: Raster,
  scale: number,
  left: number,
  top: number,
): Layer[] {
  const { side, margin, caption, tops } = strip;
  const layers: Layer[] = [];
  for (const [k, mark] of marks.entries()) {
    const box = scaleBox(mark.box, 1 / scale);
    const place = squareAround(box, 3, LEAST_CONTEXT, photo);
    const view = crop(photo, place, side);
    const x = Math.round(left + margin);
    const y = top + tops[k]!;
    const frame = outline(box, place, side, KIND_COLORS[mark.kind], side / 140);
    layers.push(
      { content: view, left: x, top: y },
      { content: svgImage(side, side, frame), left: x, top: y },
      { content: svgImage(side, caption, captionText(mark, side, caption)), left: x, top: y + side },
    );
  }
  return layers;
}

/**
 * A thin outline of a finding in an enlarged view, just outside its box.
 * @param place what the view shows, in the coordinates of `box`
 * @param size width of the view in pixels
 * @param weight unit of line width
 */
function outline(box: Box, place: Box, size: number, color: string, weight = size / 240): string {
  const zoom = size / place.width;
  const thin = Math.max(1.3, weight);
  const here = scaleBox({ ...box, x: box.x - place.x, y: box.y - place.y }, zoom);
  const frame = growBox(here, 3 * thin);
  return (
    svgRect(frame, { stroke: '#000000', strokeWidth: 3 * thin, radius: thin }) +
    svgRect(frame, { stroke: '#ffffff', strokeWidth: 2 * thin, radius: thin }) +
    svgRect(frame, { stroke: color, strokeWidth: 1.4 * thin, radius: thin })
  );
}

function captionText({ id, kind }: PlacedMark, side: number, caption: number): string {
  const letter = 0.5 * caption;
  const plate = textWidth(id, letter) + letter;
  const height = caption;
  const words = KIND_WORDS[kind];
  const room = side - plate - 1.4 * letter;
  const small = Math.min(0.85 * letter, (letter * room) / textWidth(words, letter));
  return (
    svgRect({ x: 0, y: 0, width: plate, height }, { fill: KIND_COLORS[kind] }) +
    textPath(id, letter / 2, (height - letter) / 2, letter, GROUND, letter / 5.5) +
    textPath(words, plate + letter * 0.7, (height - small) / 2, small, INK)
  );
}

/** With more findings than this on the photo, leaders would be one tangle; numbers alone lead from view to place. */
const MOST_LED = 12;

/**
 * Thin lines from each view to its place in the photo. They stop at every frame and tag and cover no finding.
 * @param all every mark on the photo
 * @param width of the photo in the picture
 */
export function leaders(
  marks: readonly PlacedMark[],
  all: readonly PlacedMark[],
  strip: InsetStrip,
  width: number,
): string {
  if (all.length > MOST_LED) return '';
  const lines = marks.map(({ frame, kind, stroke }, k) => {
    const from: Point = [frame.x + frame.width, frame.y + frame.height / 2];
    const to: Point = [width, strip.tops[k]! + strip.side / 2];
    const holes = all.flatMap((mark) => [growBox(mark.frame, 2 * stroke), growBox(mark.tag, stroke)]);
    const d = openStretches(from, to, holes).map(linePath).join('');
    return (
      `<path d="${d}" stroke="#000000" stroke-width="${(2.2 * stroke).toFixed(2)}" stroke-opacity="0.55"/>` +
      `<path d="${d}" stroke="${KIND_COLORS[kind]}" stroke-width="${stroke.toFixed(2)}"/>`
    );
  });
  return lines.join('');
}
