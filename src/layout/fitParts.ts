import {
  areaScaleAt,
  boundingBox,
  boxCorners,
  type Homography,
  mapPoint,
  type Point,
} from '../geometry/index.js';
import { describeFit, type LayoutFit, median } from './fit.js';
import {
  alike,
  type FitOptions,
  type FitPart,
  type FitSite,
  outlineGuesses,
  pairGuesses,
} from './fitGuesses.js';
import { leastSquares, type MappingKind } from './leastSquares.js';
import { type Place, PlaceGrid } from './placeGrid.js';

/** Guesses that are worth refining. */
const BEST = 24;
/** Sites that a guess is judged by. */
const JUDGES = 120;
/**
 * Reach around a site, in millimetres of a board with a diagonal of 140 mm, as refining goes on: from a rough guess to
 * what parts stray by. Larger boards lie further off their guess, not further off their place: below 1 mm it is as said.
 */
const REACHES: readonly (readonly [mm: number, kind: MappingKind])[] = [
  [4, 'similarity'],
  [3, 'similarity'],
  [3, 'affine'],
  [2.5, 'affine'],
  [2.5, 'homography'],
  [2.5, 'homography'],
  [2, 'homography'],
  [2, 'homography'],
  [1.5, 'homography'],
  [1.2, 'homography'],
  [0.8, 'homography'],
  [0.8, 'homography'],
];
const USUAL_DIAGONAL = 140;
/**
 * A fit is believed from so many pairs and when it explains both sides: share of the sites that a part was found at, and
 * share of the parts that a site was found for, together. Measured on layouts of 12 real boards, a third of the parts
 * missing and as many false: right fits gave 0.92 and more, parts of another board 0.56 and less. Each has to be
 * something: a dozen sites find parts anywhere among hundreds.
 */
const LEAST_PAIRS = 8;
const LEAST_SHARES = 0.7;
const LEAST_SHARE = 0.2;
/** Pixels a millimetre differ by so much over a board; more is no camera's doing. */
const STEEPEST = 2.5;
/** Nor is one that a shifted layout would match half as well, or whose pairs lie far apart. */
const ABOVE_CHANCE = 2;
const LARGEST_RESIDUAL_MM = 0.4;
/** Shifts in millimetres that tell what chance gives. */
const SHIFTS = [2.7, 4.3, 6.1];

/** Why no fit is believed, with the numbers of the best one. */
export interface NoFit {
  fit: LayoutFit | null;
  reason: string;
}

/**
 * Lays a layout onto a photo by the parts that are seen in it. Guesses come from the two outlines and from pairs of large
 * parts; the best ones are refined on sites and parts next to each other, from a similarity to a homography. Nothing is
 * random. A third of the parts may be missing and a third false.
 * @returns the fit, or why none is believed
 */
export function fitParts(
  sites: readonly FitSite[],
  parts: readonly FitPart[],
  options: FitOptions,
): { fit: LayoutFit } | NoFit {
  if (sites.length < LEAST_PAIRS || parts.length < LEAST_PAIRS) {
    return {
      fit: null,
      reason: `expected at least ${LEAST_PAIRS} fitted sites and parts seen, got ${sites.length} and ${parts.length}`,
    };
  }
  const places = parts.map(
    ({ box, label }): Place => ({
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      long: Math.max(box.width, box.height),
      short: Math.min(box.width, box.height),
      label,
    }),
  );
  const grid = new PlaceGrid(places);
  const guesses = [
    ...(options.outlines ? outlineGuesses(options.outlines, options.mirrored) : []),
    ...pairGuesses(sites, places, options),
  ];
  const judges = spread(sites, JUDGES);
  const scored = guesses
    .map((guess) => ({ guess, score: score(guess, judges, grid) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, BEST);
  let best: LayoutFit | null = null;
  for (const { guess } of scored) {
    const fit = refine(guess, sites, grid, options);
    if (fit && (!best || rank(fit) > rank(best))) best = fit;
  }
  if (!best) return { fit: null, reason: 'no place of the layout fits the parts that are seen' };
  const byChance = chance(best, sites, grid, options);
  const share = best.inlierShare!;
  const explained = best.pairs / parts.length;
  if (
    share + explained < LEAST_SHARES ||
    Math.min(share, explained) < LEAST_SHARE ||
    share < ABOVE_CHANCE * byChance ||
    best.residualMm > LARGEST_RESIDUAL_MM
  ) {
    const percent = (value: number) => `${Math.round(100 * value)} %`;
    return {
      fit: best,
      reason:
        `the best fit finds parts at ${best.pairs} sites, ${percent(share)} of those in view and ` +
        `${percent(explained)} of the parts seen, where ${percent(byChance)} would be chance, with a median residual ` +
        `of ${best.residualPx.toFixed(1)} px (${best.residualMm.toFixed(2)} mm)`,
    };
  }
  return { fit: best };
}

function rank({ inlierShare, pairs, residualMm }: LayoutFit): number {
  return inlierShare! * Math.sqrt(pairs) * (1 - Math.min(0.5, residualMm));
}

/** How well a rough guess lays sites onto parts: nearer ones and larger ones count more. */
function score(guess: Homography, judges: readonly FitSite[], grid: PlaceGrid): number {
  const scale = scaleAt(guess);
  let sum = 0;
  for (const site of judges) {
    const reach = scale * (1.5 + 0.35 * (site.size?.[0] ?? 1));
    const [x, y] = mapPoint(guess, site.at);
    const match = grid.nearest(x, y, reach, (place) => alike(site, place, scale));
    if (!match) continue;
    const closeness = 1 - (match.distance / reach) ** 2;
    sum +=
      closeness * (match.place.label === site.label ? 1 : 0.6) * (1 + Math.min(2, (site.size?.[0] ?? 1) / 4));
  }
  return sum;
}

/** Sites and the parts next to them under a mapping, each part at one site. */
function matches(
  mapping: Homography,
  sites: readonly FitSite[],
  grid: PlaceGrid,
  mm: number,
  options: FitOptions,
) {
  const from: Point[] = [];
  const to: Point[] = [];
  let inView = 0;
  const taken = new Map<Place, { k: number; distance: number }>();
  for (const site of sites) {
    const [x, y] = mapPoint(mapping, site.at);
    if (!(x >= 0 && y >= 0 && x < options.width && y < options.height)) continue;
    inView++;
    const scale = localScale(mapping, site.at);
    const match = grid.nearest(x, y, mm * scale, (place) => alike(site, place, scale));
    if (!match) continue;
    const other = taken.get(match.place);
    if (other) {
      if (other.distance <= match.distance) continue;
      from[other.k] = site.at;
      taken.set(match.place, { k: other.k, distance: match.distance });
      continue;
    }
    taken.set(match.place, { k: from.length, distance: match.distance });
    from.push(site.at);
    to.push([match.place.x, match.place.y]);
  }
  return { from, to, inView };
}

function refine(
  guess: Homography,
  sites: readonly FitSite[],
  grid: PlaceGrid,
  options: FitOptions,
): LayoutFit | null {
  let mapping = guess;
  const mirrored = determinant(guess) < 0;
  const extent = boundingBox(sites.map(({ at }) => at));
  const larger = Math.max(1, Math.hypot(extent.width, extent.height) / USUAL_DIAGONAL);
  for (const [mm, kind] of REACHES) {
    const { from, to } = matches(mapping, sites, grid, mm > 1 ? mm * larger : mm, options);
    const mirror = (point: Point): Point =>
      mirrored && kind === 'similarity' ? [-point[0], point[1]] : point;
    const next = robust(kind, from.map(mirror), to);
    if (!next) return null;
    mapping =
      mirrored && kind === 'similarity'
        ? [-next[0], next[1], next[2], -next[3], next[4], next[5], 0, 0, 1]
        : next;
    if (determinant(mapping) < 0 !== mirrored) return null;
  }
  const scales = boxCorners(extent).map((corner) => localScale(mapping, corner));
  if (!(Math.max(...scales) <= STEEPEST * Math.min(...scales))) return null;
  const { from, to, inView } = matches(mapping, sites, grid, REACHES.at(-1)![0], options);
  if (from.length < LEAST_PAIRS) return null;
  return describeFit(mapping, from, to, from.length / Math.max(1, inView));
}

/** Least squares twice: what the first leaves far off is left out of the second. */
function robust(kind: MappingKind, from: readonly Point[], to: readonly Point[]): Homography | null {
  const first = leastSquares(kind, from, to);
  if (!first) return null;
  const errors = from.map((point, k) => {
    const [x, y] = mapPoint(first, point);
    return Math.hypot(x - to[k]![0], y - to[k]![1]);
  });
  const limit = 2 * median(errors);
  const kept = errors.flatMap((error, k) => (error <= limit ? [k] : []));
  return (
    leastSquares(
      kind,
      kept.map((k) => from[k]!),
      kept.map((k) => to[k]!),
    ) ?? first
  );
}

/** Share of sites in view that a part is found at when the layout is shifted: what a dense board gives to any guess. */
function chance(
  { homography }: LayoutFit,
  sites: readonly FitSite[],
  grid: PlaceGrid,
  options: FitOptions,
): number {
  let sum = 0;
  let count = 0;
  for (const shift of SHIFTS) {
    for (const [dx, dy] of [
      [1, 0.3],
      [-0.3, 1],
      [-1, -0.3],
      [0.3, -1],
    ] as const) {
      const moved = sites.map((site) => ({
        ...site,
        at: [site.at[0] + dx * shift, site.at[1] + dy * shift] as Point,
      }));
      const { from, inView } = matches(homography, moved, grid, REACHES.at(-1)![0], options);
      sum += from.length / Math.max(1, inView);
      count++;
    }
  }
  return sum / count;
}

/** Every so many-th site, large ones first, so that both large and far ones take part. */
function spread(sites: readonly FitSite[], most: number): FitSite[] {
  const bySize = [...sites].sort((a, b) => (b.size?.[0] ?? 0) - (a.size?.[0] ?? 0));
  const step = Math.max(1, bySize.length / most);
  return Array.from({ length: Math.min(most, bySize.length) }, (_, k) => bySize[Math.floor(k * step)]!);
}

function determinant([a, b, , d, e]: Homography): number {
  return a * e - b * d;
}

function scaleAt(mapping: Homography): number {
  return Math.sqrt(Math.abs(determinant(mapping)));
}

/** Pixels a millimetre at a place. */
function localScale(mapping: Homography, at: Point): number {
  return Math.sqrt(Math.abs(areaScaleAt(mapping, at)));
}
