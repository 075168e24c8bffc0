import { deflateSync, inflateSync } from 'node:zlib';
import { type Box, pixelBox } from '../geometry/index.js';

/** How much good boards differ from the first one, place by place: the strongest change seen in any of them. */
export interface Variation {
  columns: number;
  rows: number;
  /** Side of a cell in reference pixels. */
  cell: number;
  /** Logits as {@link toByte} writes them, row after row. */
  values: Uint8Array;
}

/** What the change model said of a frame (see detect's ChangeMap). */
interface Changes {
  columns: number;
  rows: number;
  cell: number;
  added: Float32Array;
  removed: Float32Array;
}

/** Logits at and below this are all one: one in four hundred is a change. */
const LOWEST = -6;
const STEPS = 16;
/** More cells than any frame has; a hostile file must not unpack into more. */
const MAX_CELLS = 2 ** 26;

/** A variation of which nothing is known yet. */
export function noVariation({ columns, rows, cell }: Omit<Variation, 'values'>): Variation {
  return { columns, rows, cell, values: new Uint8Array(columns * rows) };
}

/** Takes in what another good board shows. Memory does not grow with the number of boards. */
export function addVariation({ columns, rows, values }: Variation, changes: Changes): void {
  if (changes.columns !== columns || changes.rows !== rows) {
    throw new RangeError(
      `expected a map of ${columns}×${rows} cells, got ${changes.columns}×${changes.rows}`,
    );
  }
  const { added, removed } = changes;
  for (let k = 0; k < values.length; k++) {
    const value = toByte(Math.max(added[k]!, removed[k]!));
    if (value > values[k]!) values[k] = value;
  }
}

/** The strongest change that a good board shows in a box or one cell beside it, as a logit; -Infinity for none. */
export function variationIn({ columns, rows, cell, values }: Variation, box: Box): number {
  const cells = {
    x: box.x / cell - 1,
    y: box.y / cell - 1,
    width: box.width / cell + 2,
    height: box.height / cell + 2,
  };
  const area = pixelBox(cells, columns, rows);
  if (!area) return -Infinity;
  let most = 0;
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) most = Math.max(most, values[y * columns + x]!);
  }
  return most === 0 ? -Infinity : LOWEST + most / STEPS;
}

function toByte(logit: number): number {
  return Math.max(0, Math.min(255, Math.round((logit - LOWEST) * STEPS)));
}

/** A variation as bytes: a JSON line that says its size, a newline, then the values, deflated. */
export function encodeVariation({ columns, rows, cell, values }: Variation): Buffer {
  const head = Buffer.from(`${JSON.stringify({ variationFile: 1, columns, rows, cell })}\n`);
  return Buffer.concat([head, deflateSync(values, { level: 9 })]);
}

/** Reads what {@link encodeVariation} wrote; null for anything else. */
export function decodeVariation(bytes: Buffer): Variation | null {
  const end = bytes.indexOf(10);
  if (end < 0 || end > 4096) return null;
  try {
    const { variationFile, columns, rows, cell } = JSON.parse(bytes.toString('utf8', 0, end));
    if (variationFile !== 1 || !(Number.isFinite(cell) && cell > 0)) return null;
    if (!Number.isInteger(columns) || !Number.isInteger(rows) || !(columns > 0) || !(rows > 0)) return null;
    if (columns * rows > MAX_CELLS) return null;
    const values = inflateSync(bytes.subarray(end + 1), { maxOutputLength: columns * rows });
    return values.length === columns * rows ? { columns, rows, cell, values: new Uint8Array(values) } : null;
  } catch {
    return null;
  }
}
