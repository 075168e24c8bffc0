/** An axis-aligned box in pixels: `x`, `y` is the top-left corner, edges may lie between pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A point in pixels, x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** Area of a box in square pixels; 0 for an empty or inverted one. */
export function boxArea(box: Box): number {
  return Math.max(0, box.width) * Math.max(0, box.height);
}

/** The shorter side of a box. */
export function shorterSide({ width, height }: Box): number {
  return Math.min(width, height);
}

/** Centre of a box. */
export function boxCenter(box: Box): Point {
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** The four corners of a box, clockwise from the top left. */
export function boxCorners(box: Box): [Point, Point, Point, Point] {
  const { x, y, width, height } = box;
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** The part that two boxes share, or `null` where they do not overlap. */
export function intersectBoxes(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Shared area of two boxes in square pixels. */
export function intersectionArea(a: Box, b: Box): number {
  const shared = intersectBoxes(a, b);
  return shared ? shared.width * shared.height : 0;
}

/** Intersection over union of two boxes, 0 (apart) to 1 (the same). */
export function boxIoU(a: Box, b: Box): number {
  const shared = intersectionArea(a, b);
  if (shared === 0) return 0;
  return shared / (boxArea(a) + boxArea(b) - shared);
}

/** The smallest box around a set of points. Throws a RangeError when there are none. */
export function boundingBox(points: readonly Point[]): Box {
  if (points.length === 0) throw new RangeError('boundingBox: expected at least one point, got none');
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A box grown by `margin` pixels on every side (shrunk when negative). */
export function growBox(box: Box, margin: number): Box {
  return {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
}

/** A box in pixels of a copy `scale` times the size. */
export function scaleBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/** The smallest whole-pixel box that holds `box`, clipped to a picture; `null` where nothing is left. */
export function pixelBox(box: Box, width: number, height: number): Box | null {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const right = Math.min(width, Math.ceil(box.x + box.width));
  const bottom = Math.min(height, Math.ceil(box.y + box.height));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** The same box to a tenth of a pixel. */
export function roundBox({ x, y, width, height }: Box): Box {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) };
}
