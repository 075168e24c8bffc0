import type { FindingKind } from '../document/index.js';
import { type Box, growBox, intersectionArea, type Point } from '../geometry/index.js';
import { openStretches } from './openStretches.js';
import { textWidth } from './strokeFont.js';
import { linePath, svgRect } from './svg.js';
import { drawTag, TAG } from './tag.js';
import { KIND_COLORS } from './words.js';

/** A finding to be drawn, in pixels of the picture. */
export interface Mark {
  /** What stands in its tag. */
  id: string;
  kind: FindingKind;
  box: Box;
}

/** Where a mark's frame and its tag lie. */
export interface Placed {
  /** The frame: outside the finding's box by a few pixels, so that the part itself stays uncovered. */
  frame: Box;
  tag: Box;
  /** Unit of line width. */
  stroke: number;
  /** Whether it is so small that ticks point at it. */
  small: boolean;
  /** Length of such a tick. */
  tick: number;
}

export type PlacedMark = Mark & Placed;

/** Smallest side of a frame as a share of the picture's longer side: 20 px of 4,000 can still be found. */
const SMALLEST_FRAME = 0.016;
/** Up to this many findings have room for larger tags and for ticks around the small ones; more of it would clutter. */
const FEW = 12;
/** Length of ticks as a share of the picture's longer side. */
const TICK = 0.012;

/**
 * Places frames and number tags: each tag where it covers least of findings and of other tags and stays inside the
 * picture, first beside its frame, then a little further off.
 */
export function placeMarks<M extends Pick<Mark, 'id' | 'box'>>(
  marks: readonly M[],
  width: number,
  height: number,
): (M & Placed)[] {
  const side = Math.max(width, height);
  const few = marks.length <= FEW;
  const stroke = Math.max(1.4, side / (few ? 850 : 1000));
  const letter = Math.max(9, side / (few ? 95 : 130));
  const sheet: Box = { x: 0, y: 0, width, height };
  const sizes = marks.map(({ box }) => frameOf(box, stroke, side));
  const frames = sizes.map(({ frame }) => frame);
  const placed: (M & Placed)[] = [];
  for (const [k, mark] of marks.entries()) {
    const { frame, small } = sizes[k]!;
    const tagWidth = textWidth(mark.id, letter) + TAG.padding * letter;
    const tagHeight = TAG.height * letter;
    let best = frame;
    let least = Infinity;
    for (const tag of tagPlaces(frame, tagWidth, tagHeight, 2.2 * stroke)) {
      let cost = 4 * (tagWidth * tagHeight - intersectionArea(tag, sheet));
      for (const other of frames) cost += 2 * intersectionArea(tag, other);
      for (const other of placed) cost += intersectionArea(growBox(tag, stroke), other.tag);
      if (cost < least - 1e-6) {
        best = tag;
        least = cost;
      }
      if (least <= 0) break;
    }
    placed.push({ ...mark, frame, tag: best, stroke, small: small && few, tick: TICK * side });
  }
  return placed;
}

function frameOf(box: Box, stroke: number, side: number): { frame: Box; small: boolean } {
  // The frame's lines are 4.4 strokes wide in all; half of them lies inside the frame.
  const frame = growBox(box, 3.5 * stroke);
  const across = Math.max(0, SMALLEST_FRAME * side - frame.width) / 2;
  const down = Math.max(0, SMALLEST_FRAME * side - frame.height) / 2;
  return {
    frame: {
      x: frame.x - across,
      y: frame.y - down,
      width: frame.width + 2 * across,
      height: frame.height + 2 * down,
    },
    small: Math.max(frame.width, frame.height) < 2 * SMALLEST_FRAME * side,
  };
}

/** Where a tag may lie, best first: at the corners, beside the sides, then in rings further off. */
function* tagPlaces(frame: Box, width: number, height: number, gap: number): Generator<Box> {
  for (let ring = 0; ring < 4; ring++) {
    const off = gap + ring * height * 0.9;
    const left = frame.x - off - width;
    const right = frame.x + frame.width + off;
    const top = frame.y - off - height;
    const bottom = frame.y + frame.height + off;
    const start = frame.x - gap;
    const end = frame.x + frame.width + gap - width;
    const middle = frame.y + (frame.height - height) / 2;
    for (const [x, y] of [
      [start, top],
      [end, top],
      [start, bottom],
      [end, bottom],
      [right, frame.y - gap],
      [left, frame.y - gap],
      [right, middle],
      [left, middle],
      [right, frame.y + frame.height + gap - height],
      [left, frame.y + frame.height + gap - height],
      [right, top],
      [left, top],
      [right, bottom],
      [left, bottom],
    ] as const) {
      yield { x, y, width, height };
    }
  }
}

/** The marks as SVG elements: a black and a white line around the kind's colour show on any board. */
export function drawMarks(marks: readonly PlacedMark[]): string {
  // Weakest first, so that the strongest lies on top; all tags above all frames.
  const order = [...marks].reverse();
  return [
    ...order.map((mark) => tether(mark, marks)),
    ...order.map((mark) => drawFrame(mark, marks)),
    ...order.map(({ id, kind, tag, stroke }) => drawTag(id, tag, KIND_COLORS[kind], stroke)),
  ].join('');
}

function drawFrame(mark: PlacedMark, all: readonly PlacedMark[]): string {
  const { kind, frame, stroke, small } = mark;
  const color = KIND_COLORS[kind];
  const radius = 1.5 * stroke;
  const ticks = small ? tickPath(mark, all) : '';
  const tick = (paint: string, width: number) =>
    ticks && `<path d="${ticks}" stroke="${paint}" stroke-width="${width.toFixed(2)}" fill="none"/>`;
  return (
    tick('#000000', 4.4 * stroke) +
    svgRect(frame, { stroke: '#000000', strokeWidth: 4.4 * stroke, radius }) +
    svgRect(frame, { stroke: '#ffffff', strokeWidth: 2.6 * stroke, radius }) +
    tick(color, 2 * stroke) +
    svgRect(frame, { stroke: color, strokeWidth: 1.9 * stroke, radius })
  );
}

/** Four ticks that point at the middle of each side from outside; they end at other findings. */
function tickPath({ frame, stroke, tick }: PlacedMark, all: readonly PlacedMark[]): string {
  const { x, y, width, height } = frame;
  const cx = x + width / 2;
  const cy = y + height / 2;
  const others = all.filter((mark) => mark.frame !== frame).map((mark) => growBox(mark.box, 2.2 * stroke));
  const ends: [Point, Point][] = [
    [
      [cx, y],
      [cx, y - tick],
    ],
    [
      [cx, y + height],
      [cx, y + height + tick],
    ],
    [
      [x, cy],
      [x - tick, cy],
    ],
    [
      [x + width, cy],
      [x + width + tick, cy],
    ],
  ];
  return ends
    .flatMap(([from, to]) => openStretches(from, to, others))
    .map(linePath)
    .join('');
}

/** A line from a tag to its frame where they stand apart; it ends at the findings in between. */
function tether({ kind, frame, tag, stroke }: PlacedMark, all: readonly PlacedMark[]): string {
  const near = (value: number, start: number, size: number) => Math.min(Math.max(value, start), start + size);
  const tx = near(frame.x + frame.width / 2, tag.x, tag.width);
  const ty = near(frame.y + frame.height / 2, tag.y, tag.height);
  const fx = near(tx, frame.x, frame.width);
  const fy = near(ty, frame.y, frame.height);
  if (Math.hypot(tx - fx, ty - fy) < 6 * stroke) return '';
  const holes = all.map((mark) => (mark.frame === frame ? mark.tag : mark.frame));
  const d = openStretches([tx, ty], [fx, fy], holes).map(linePath).join('');
  return (
    `<path d="${d}" stroke="#000000" stroke-width="${(3 * stroke).toFixed(2)}"/>` +
    `<path d="${d}" stroke="${KIND_COLORS[kind]}" stroke-width="${(1.5 * stroke).toFixed(2)}"/>`
  );
}
