import { type Box, boxIoU } from '../../geometry/index.js';
import type { Row } from './row.js';

/** A board that differs from the others of its batch, though nothing on it is strong enough to be told. */
export interface StandingOut {
  row: Row;
  /** Differences too weak to be told, in places where hardly another photo shows any. */
  weak: number;
  /** How many such the others show on average. */
  usual: number;
}

/** Photos of one reference from which on there is a batch to stand out from. */
const LEAST_PHOTOS = 8;
/** A batch of good boards should name one in so many times, by chance. */
const CHANCE = 0.01;
/** Boxes that share so much of their union are one place. */
const SAME_PLACE = 0.2;
/** A place is the batch's when so many others show it, and so large a share of them. */
const LEAST_SHARED = 2;
const SHARED = 0.05;
/** Side of the cells by which places are looked up, in reference pixels. */
const CELL = 64;
/** Fewer are never many, however few the others have. */
const LEAST_WEAK = 4;

/**
 * Boards with many more weak differences than the others that were compared with the same reference: more than chance
 * gives to any board of such a batch in one of a hundred batches (Poisson, with the others' mean). Places that several
 * boards show do not count: they are the batch's, or the reference's.
 */
export function standingOut(rows: readonly Row[]): StandingOut[] {
  const byReference = new Map<string, Row[]>();
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.folder === null || row.reference === null || row.refused || seen.has(row.folder)) continue;
    seen.add(row.folder);
    const batch = byReference.get(row.reference);
    if (batch) batch.push(row);
    else byReference.set(row.reference, [row]);
  }
  return [...byReference.values()].flatMap(inBatch).sort((a, b) => b.weak - a.weak);
}

function inBatch(rows: readonly Row[]): StandingOut[] {
  if (rows.length < LEAST_PHOTOS) return [];
  const places = placesOf(rows);
  const shared = Math.max(LEAST_SHARED, SHARED * rows.length);
  const own = rows.map((row) => ownOf(row, places, shared));
  const total = own.reduce((sum, number) => sum + number, 0);
  return rows.flatMap((row, k) => {
    const weak = own[k]!;
    // Half of one is added, so that others without any do not make two look like many.
    const usual = (total - weak + 0.5) / (rows.length - 1);
    const stands = weak >= LEAST_WEAK && poissonTail(weak, usual) < CHANCE / rows.length;
    return stands ? [{ row, weak, usual }] : [];
  });
}

/** Photos by the cells of the board that their differences touch, strong and weak. */
function placesOf(rows: readonly Row[]): Map<string, { row: Row; box: Box }[]> {
  const places = new Map<string, { row: Row; box: Box }[]>();
  for (const row of rows) {
    for (const { referenceBox: box } of [...row.weak, ...row.findings]) {
      if (!box) continue;
      for (const cell of cellsOf(box)) {
        const list = places.get(cell);
        if (list) list.push({ row, box });
        else places.set(cell, [{ row, box }]);
      }
    }
  }
  return places;
}

function cellsOf({ x, y, width, height }: Box): string[] {
  const cells: string[] = [];
  for (let row = Math.floor(y / CELL); row <= (y + height) / CELL; row++)
    for (let column = Math.floor(x / CELL); column <= (x + width) / CELL; column++)
      cells.push(`${column},${row}`);
  return cells;
}

/** Weak differences of a photo in places where at most a few others have any. */
function ownOf(row: Row, places: ReadonlyMap<string, { row: Row; box: Box }[]>, shared: number): number {
  return row.weak.filter(({ referenceBox }) => {
    const others = new Set<Row>();
    for (const cell of cellsOf(referenceBox))
      for (const place of places.get(cell) ?? [])
        if (place.row !== row && boxIoU(place.box, referenceBox) > SAME_PLACE) others.add(place.row);
    return others.size < shared;
  }).length;
}

/** Probability of so many events and more where `mean` are to be expected. */
export function poissonTail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
