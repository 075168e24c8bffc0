import { type Box, boundingBox, type Homography, type Point } from '../geometry/index.js';
import { leastSquares } from './leastSquares.js';
import type { Place } from './placeGrid.js';
import { usualSide } from './usualSide.js';

/** A site to be found in a photo. */
export interface FitSite {
  /** Middle of the part in millimetres, y down, as seen through the top side. */
  at: Point;
  /** Longer and shorter side of its upright box in millimetres; null where unknown. */
  size: readonly [number, number] | null;
  label: string | null;
}

/** A part that the detector sees. */
export interface FitPart {
  /** In photo pixels. */
  box: Box;
  label: string;
}

/** What is known before the fit. */
export interface FitOptions {
  /** Whether the bottom side is seen; null: both ways are tried. */
  mirrored: boolean | null;
  /** The board's outline in the layout and in the photo, where both are known: they give the first guesses. */
  outlines: { layout: readonly Point[]; photo: readonly Point[] } | null;
  /** Of the photo in pixels: only sites in view count. */
  width: number;
  height: number;
}

/** Largest sites and parts that first guesses are made of, and how far apart a pair has to be. */
const LARGE_SITES = 18;
const LARGE_PARTS = 30;
const APART = 0.25;
/** How much a site's box may differ from a part's, as a ratio of their sides: detectors see bodies, CAD draws leads. */
const SIZE_RATIO = 2.2;

/** Similarities that lay the box around one outline onto the other's, in four turns, mirrored where that may be. */
export function outlineGuesses(
  { layout, photo }: NonNullable<FitOptions['outlines']>,
  mirrored: boolean | null,
): Homography[] {
  const from = boxOf(layout);
  const guesses: Homography[] = [];
  const to = boxOf(photo);
  for (const mirror of mirrored === null ? [false, true] : [mirrored]) {
    const corners = mirror ? [from[1]!, from[0]!, from[3]!, from[2]!] : from;
    for (let turn = 0; turn < 4; turn++) {
      const turned = to.map((_, k) => to[(k + turn) % 4]!);
      const guess = leastSquares('affine', corners, turned);
      if (guess) guesses.push(guess);
    }
  }
  return guesses;
}

/** Corners of the smallest turned box around a polygon, clockwise on screen. */
function boxOf(polygon: readonly Point[]): Point[] {
  let best: Point[] = [];
  let least = Infinity;
  // A degree is near enough for a guess.
  for (let degrees = 0; degrees < 90; degrees++) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const { x, y, width, height } = boundingBox(
      polygon.map(([px, py]): Point => [px * cos + py * sin, py * cos - px * sin]),
    );
    if (width * height >= least) continue;
    least = width * height;
    const corners: Point[] = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ];
    best = corners.map(([u, v]) => [u * cos - v * sin, u * sin + v * cos]);
  }
  return best;
}

/** Similarities that lay two large sites onto two large parts of sizes and classes that go with them. */
export function pairGuesses(
  sites: readonly FitSite[],
  places: readonly Place[],
  options: FitOptions,
): Homography[] {
  const large = [...sites].sort((a, b) => usualArea(b) - usualArea(a)).slice(0, LARGE_SITES);
  const seen = [...places].sort((a, b) => b.long * b.short - a.long * a.short).slice(0, LARGE_PARTS);
  const extent = boundingBox(sites.map(({ at }) => at));
  const diagonal = Math.hypot(extent.width, extent.height);
  const guesses: Homography[] = [];
  for (const mirror of options.mirrored === null ? [false, true] : [options.mirrored]) {
    for (let i = 0; i < large.length; i++) {
      for (let j = i + 1; j < large.length; j++) {
        const [a, b] = [large[i]!, large[j]!];
        const apart = Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
        if (apart < APART * diagonal) continue;
        for (const p of seen) {
          for (const q of seen) {
            if (p === q) continue;
            const scale = Math.hypot(p.x - q.x, p.y - q.y) / apart;
            // The whole board is seen, and fills a good part of the photo.
            const length = scale * diagonal;
            if (length > 1.6 * Math.hypot(options.width, options.height) || length < 0.25 * options.width)
              continue;
            if (!alike(a, p, scale) || !alike(b, q, scale)) continue;
            guesses.push(similarity(a.at, b.at, [p.x, p.y], [q.x, q.y], mirror));
          }
        }
      }
    }
  }
  return guesses;
}

/** Area of a site, or what its class usually has, in square millimetres. */
function usualArea({ size, label }: FitSite): number {
  return size ? size[0] * size[1] : usualSide(label) ** 2;
}

/** The similarity that takes two points to two others, over a mirror where asked. */
function similarity(a: Point, b: Point, p: Point, q: Point, mirror: boolean): Homography {
  const flip = mirror ? -1 : 1;
  const [dx, dy] = [flip * (b[0] - a[0]), b[1] - a[1]];
  const [u, v] = [q[0] - p[0], q[1] - p[1]];
  const square = dx * dx + dy * dy;
  const [c, s] = [(u * dx + v * dy) / square, (v * dx - u * dy) / square];
  const [ax, ay] = [flip * a[0], a[1]];
  return [c * flip, -s, p[0] - c * ax + s * ay, s * flip, c, p[1] - s * ax - c * ay, 0, 0, 1];
}

/**
 * Whether a part may be what a site expects: by size, since classes are mistaken too often, or by class where the size is
 * not known.
 */
export function alike(
  { size, label: expected }: FitSite,
  { long, short, label }: Place,
  pxPerMm: number,
): boolean {
  if (!size) return expected === null || label === expected;
  return near(long, size[0] * pxPerMm) && near(short, size[1] * pxPerMm);
}

function near(a: number, b: number): boolean {
  return a <= b * SIZE_RATIO && b <= a * SIZE_RATIO;
}
