import type { NotJudgedReason } from '../document/index.js';
import { cellsBeside } from './cellsBeside.js';
import { connectedCells } from './connectedCells.js';
import { asExpected, BESIDE, type Cell, SHARED } from './judgeCell.js';
import type { Likeness } from './likeness.js';
import { piecesOf } from './pieces.js';

/** Those who are certain of themselves, and say nothing of what is beside them. */
const MUTE: ReadonlySet<Cell> = new Set(['off-board', 'out-of-frame', 'covered']);
/** What ends where the board shows its own colour. */
const BOUNDED: ReadonlySet<Cell> = new Set(['occluded', 'glare', 'shadow']);
/** Cells around one that vote on it; those who have nothing to tell by ask farther. */
const VOTERS = 2;
const PLAIN_VOTERS = 3;
/** Share of lost ones among the voters below which a lost cell is good, and above which a good one is lost. */
const FEW = 0.6;
const MOST = 0.8;
/** Rounds in which plain surface inside of a lost place is taken with it, by so many of its neighbours at least. */
const ROUNDS = 2;
const LEAST_VOTERS = 10;
const MOST_PLAIN = 0.6;

/**
 * Takes single cells with their surroundings: a lost cell among good ones is a part that differs, and that is for the
 * comparison to say; a plain or good one amid lost ones is lost. What the pixels themselves tell stays.
 */
function vote(cells: readonly Cell[], likeness: Likeness): Cell[] {
  const { columns } = likeness;
  const rows = cells.length / columns;
  let current = [...cells];
  for (let round = 0; round < ROUNDS; round++) {
    current = current.map((cell, k) => {
      if (MUTE.has(cell)) return cell;
      const plain = cell === 'plain';
      if (round > 0 && !plain) return cell;
      const reach = plain ? PLAIN_VOTERS : VOTERS;
      const [x, y] = [k % columns, Math.floor(k / columns)];
      const against: NotJudgedReason[] = [];
      let voters = 0;
      for (let j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j++) {
        for (let i = Math.max(0, x - reach); i <= Math.min(columns - 1, x + reach); i++) {
          const other = current[j * columns + i]!;
          if (other === 'plain' || MUTE.has(other)) continue;
          voters++;
          // A tall part's edge says nothing about the plain surface beside it.
          if (other === 'good' || (plain && other === 'parallax')) continue;
          // Nor does what covers or lights the cell beside it, where the board shows its own colour.
          if (plain && BOUNDED.has(other) && asExpected(likeness, k)) continue;
          against.push(other as NotJudgedReason);
        }
      }
      const share = voters === 0 ? 0 : against.length / voters;
      if (cell !== 'good' && !plain) return share >= (cell === 'parallax' ? MOST : FEW) ? cell : 'good';
      if (plain ? share < MOST_PLAIN || voters < LEAST_VOTERS : share < MOST) return cell;
      return commonest(against);
    });
  }
  return current;
}

/**
 * Share of the board's cells that unlike places must have, and their least number: smaller ones are parts, and what
 * became of those is for the comparison to say.
 */
const LEAST_SHARE = 0.004;
const LEAST_CELLS = 6;
/**
 * The same for blur and for what lies over the board without coming from beyond it (see occluders.ts): bad focus and motion do
 * not stop at a part, and what is smaller may be one.
 */
const LEAST_LARGE = 0.03;
/** The same where the coarse structure is what it was, which no part that came or went leaves behind. */
const LEAST_BLURRED = 0.01;
const LARGE: ReadonlySet<Cell> = new Set(['blur', 'occluded']);
/** What is told by likeness alone. */
const UNLIKE: ReadonlySet<Cell> = new Set(['occluded', 'blur', 'parallax']);

/**
 * A blurred place and the cells about it whose own detail is not the golden photo's: blur is judged by surroundings, which look
 * good as long as half of them are.
 */
function withRim(place: readonly number[], cells: readonly Cell[], { columns, own }: Likeness): number[] {
  const rows = cells.length / columns;
  const within = new Set(place);
  for (const k of place) {
    for (const beside of cellsBeside(k, columns, rows)) {
      if (!MUTE.has(cells[beside]!) && own[beside]! < SHARED) within.add(beside);
    }
  }
  return [...within];
}

const isLost = (cell: Cell) => cell !== 'off-board' && cell !== 'good' && cell !== 'plain';

const reasonOf = (cell: Cell) => (cell === 'covered' ? 'occluded' : cell) as NotJudgedReason;

const placeKind = (cell: Cell) => (cell === 'out-of-frame' || cell === 'covered' ? cell : 'lost');

/** A place that cannot be judged, or a piece of one that fills its box, for the reason that most of it has. */
export interface LostPlace {
  reason: NotJudgedReason;
  cells: number[];
}

/**
 * Joins what could not be judged to places, cut into pieces that fill their boxes, largest first. Single cells are taken
 * with their surroundings, and what the pixels do not tell by themselves must be large to count.
 * @param judged what each cell by itself lets one judge, row after row
 */
export function lostPlaces(judged: readonly Cell[], likeness: Likeness): LostPlace[] {
  const cells = vote(judged, likeness);
  const { columns, coarse } = likeness;
  const onBoard = cells.filter((cell) => cell !== 'off-board').length;
  const least = Math.max(LEAST_CELLS, LEAST_SHARE * onBoard);
  const isSmall = (reason: Cell, place: readonly number[]) => {
    const own = place.filter((k) => cells[k] === reason);
    if (own.length >= LEAST_LARGE * onBoard) return false;
    return reason !== 'blur' || own.length < LEAST_BLURRED * onBoard || !keepsItsStructure(own, coarse);
  };
  const places: LostPlace[] = [];
  const done = new Uint8Array(cells.length);
  for (let start = 0; start < cells.length; start++) {
    if (done[start] || !isLost(cells[start]!)) continue;
    // What lies beyond the photo, or under a thing, is a place of its own.
    const kind = placeKind(cells[start]!);
    done[start] = 1;
    const place = connectedCells(start, columns, (k) => {
      const cell = cells[k];
      if (cell === undefined || done[k] || !isLost(cell) || placeKind(cell) !== kind) return false;
      done[k] = 1;
      return true;
    });
    const small = new Set([...LARGE].filter((reason) => isSmall(reason, place)));
    const kept = place.filter((k) => {
      if (!UNLIKE.has(cells[k]!)) return true;
      return place.length >= least && !small.has(cells[k]!);
    });
    for (const piece of piecesOf(kept, columns))
      places.push({ reason: commonest(piece.map((k) => reasonOf(cells[k]!))), cells: piece });
  }
  places.sort((a, b) => b.cells.length - a.cells.length);
  return places.map((place) =>
    place.reason === 'blur' ? { ...place, cells: withRim(place.cells, judged, likeness) } : place,
  );
}

/** Whether at least half of some cells show the coarse structure that the golden photo has there, as far as it has any. */
function keepsItsStructure(cells: readonly number[], coarse: Float32Array): boolean {
  const known = cells.filter((k) => !Number.isNaN(coarse[k]!));
  return known.length > 0 && 2 * known.filter((k) => coarse[k]! > BESIDE).length >= known.length;
}

function commonest<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}
