import { messageOf, UserError } from '../errors.js';
import type { Raster } from '../photo/index.js';
import { Candidates } from './candidates.js';
import type { CheckList } from './checkList.js';
import type { DetectContract } from './contract.js';
import { decoders, readTables, rowOf, type Tables } from './decoders/index.js';
import { goldenDifference, latticePattern } from './golden.js';
import type { Mismatch } from './modelFiles.js';
import { fillInput, inputSizeFor } from './preprocess.js';
import { fixedInput, type Runtime } from './runtime.js';
import { wholeTile } from './tiles.js';

/** Side of the picture that a model without golden vectors is tried with, where it takes any. */
const TRIAL_SIDE = 128;
/** Scores may leave 0 to 1 by this much, from rounding. */
const SCORE_SLACK = 1e-3;

/**
 * Runs a model once on a small picture and checks what comes out: shape, finite numbers, the range of scores, the unit
 * of boxes, and the golden vectors where the contract has some.
 */
export async function checkOutput(
  contract: DetectContract,
  runtime: Runtime,
  list: CheckList,
): Promise<void> {
  const { golden, input, output } = contract;
  const fixed = fixedInput(runtime, input.name);
  const trial = input.resize === 'tile' ? Math.min(TRIAL_SIDE, input.tile) : input.tile;
  const size =
    golden?.input ?? inputSizeFor(trial, trial, { width: trial, height: trial }, input.multipleOf, fixed);
  const { width, height } = size;
  const picture: Raster = { data: latticePattern(width, height), width, height, channels: 3 };
  const buffer = new Float32Array(3 * width * height);
  fillInput(picture, wholeTile(width, height), input, buffer, size);
  let tables: Tables;
  try {
    tables = readTables(
      await runtime.run({ [input.name]: { data: buffer, dims: [1, 3, height, width] } }),
      contract,
    );
    // Only for what it throws: grids that do not fit.
    decoders[output.decoder]({ ...tables, contract, width, height, threshold: 1 }, new Candidates());
  } catch (error) {
    list.differs('output shape', mismatchOf(error));
    return;
  }
  list.ok('output shape', `${tables.boxes.count} boxes, ${contract.classes.length} classes`);
  const wrong = checkValues(contract, tables, Math.max(width, height));
  if (wrong) {
    list.differs('output values', wrong);
    return;
  }
  list.ok('output values', 'finite, scores and boxes in range');
  checkGolden(contract, tables, list);
}

function checkValues({ output }: DetectContract, tables: Tables, side: number): Mismatch | null {
  const { boxes, scores, firstScore } = tables;
  let least = Infinity;
  let most = -Infinity;
  let farthest = 0;
  for (let k = 0; k < boxes.count; k++) {
    for (let c = 0; c < 4; c++) {
      const value = boxes.data[k * boxes.perBox + c * boxes.perValue]!;
      if (!Number.isFinite(value)) return notFinite(k, value);
      farthest = Math.max(farthest, Math.abs(value));
    }
    for (let c = firstScore; c < scores.columns; c++) {
      const value = scores.data[k * scores.perBox + c * scores.perValue]!;
      if (Number.isNaN(value)) return notFinite(k, value);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (output.activation === 'none' && (least < -SCORE_SLACK || most > 1 + SCORE_SLACK)) {
    return {
      expected: 'scores of 0 to 1',
      got: `${round(least)} to ${round(most)}`,
      hint: 'These look like logits: set "output.activation" to "sigmoid" (or "softmax" for DETR).',
    };
  }
  // Shares of a tile reach little beyond 1, and boxes in pixels hardly all end in the first two.
  const shares = output.boxUnit === 'normalised';
  if (boxes.count > 0 && output.decoded && (shares ? farthest > side / 2 : farthest > 0 && farthest <= 2)) {
    return {
      expected: shares ? 'boxes in shares of the tile' : 'boxes in pixels',
      got: `values up to ${round(farthest)}`,
      hint: `Set "output.boxUnit" to "${shares ? 'pixel' : 'normalised'}".`,
    };
  }
  return null;
}

function notFinite(row: number, value: number): Mismatch {
  const hint = 'The model or its export is broken; half-precision models often overflow.';
  return { expected: 'finite numbers', got: `${value} in box ${row}`, hint };
}

function checkGolden({ golden }: DetectContract, tables: Tables, list: CheckList): void {
  if (!golden) {
    list.ok('golden vectors', 'none in the contract to compare with (optional)');
    return;
  }
  const rows = golden.expect.slice(0, tables.boxes.count).map((_, k) => rowOf(tables, k));
  const difference = goldenDifference(rows, golden.expect, golden.tolerance);
  if (difference === null) {
    list.ok('golden vectors', `${golden.expect.length} rows reproduced`);
    return;
  }
  const { row, column, expected, got } = difference;
  list.differs('golden vectors', {
    expected: `${expected} in row ${row}, column ${column}`,
    got: got === undefined ? 'nothing' : String(round(got)),
    hint: 'This machine computes something else than the model’s maker saw: check colour order, range, mean and std.',
  });
}

function mismatchOf(error: unknown): Mismatch {
  if (!(error instanceof UserError)) {
    return {
      expected: 'a model that runs',
      got: messageOf(error),
      hint: 'Export the model again.',
    };
  }
  const [, expected, got] = /expected (.*), got (.*)$/.exec(error.message) ?? [];
  return { expected: expected ?? 'an output that fits', got: got ?? error.message, hint: error.hint ?? '' };
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
