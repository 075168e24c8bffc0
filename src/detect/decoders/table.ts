import { UserError } from '../../errors.js';
import type { DetectContract } from '../contract.js';
import type { PlainTensor } from '../runtime.js';

/**
 * A model's output seen as one row a box, whichever way round it lies in memory.
 * Value c of box k is `data[k * perBox + c * perValue]`.
 */
export interface Table {
  data: Float32Array;
  /** Boxes. */
  count: number;
  /** Values of each. */
  columns: number;
  perBox: number;
  perValue: number;
}

/** The raw output as tables: box values, scores, or both in one and the same table. */
export interface Tables {
  boxes: Table;
  scores: Table;
  /** Column of `scores` where they begin: the part score where there is one, else the first class. */
  firstScore: number;
}

/** Values before the first class score, in the table that holds the scores. */
function columnsOf({ output, classes }: DetectContract): { box: number; score: number } {
  if (output.decoder === 'yolox') return { box: 4, score: 1 + classes.length };
  const noObject = output.decoder === 'detr' && output.activation === 'softmax' ? 1 : 0;
  return { box: 4, score: classes.length + noObject };
}

/** Names of the outputs that a contract reads: boxes (with scores in one) first. */
export function outputNames({ output }: DetectContract): string[] {
  if (output.decoder !== 'detr') return [output.name];
  const boxes = output.boxesName ?? output.name!;
  return output.scoresName ? [boxes, output.scoresName] : [boxes];
}

/**
 * Finds the rows in a model's outputs.
 * @throws UserError when a shape does not fit the contract
 */
export function readTables(outputs: Record<string, PlainTensor>, contract: DetectContract): Tables {
  const { output } = contract;
  const [boxesName, scoresName] = outputNames(contract);
  const { box, score } = columnsOf(contract);
  if (scoresName !== undefined) {
    const boxes = tableOf(outputs, boxesName!, box, false);
    const scores = tableOf(outputs, scoresName, score, false);
    if (boxes.count !== scores.count) {
      throw new UserError(
        `output "${scoresName}": expected a row for each of ${boxes.count} boxes, got ${scores.count}`,
        'Check "boxesName" and "scoresName" in the contract.',
      );
    }
    return { boxes, scores, firstScore: 0 };
  }
  const transposed = output.decoder === 'yolov8' ? output.transposed : true;
  const both = tableOf(outputs, boxesName!, box + score, transposed === undefined ? undefined : !transposed);
  return { boxes: both, scores: both, firstScore: box };
}

/** @param across whether boxes run along the last dimension; undefined: whichever fits */
function tableOf(
  outputs: Record<string, PlainTensor>,
  name: string,
  columns: number,
  across: boolean | undefined,
): Table {
  const tensor = outputs[name];
  if (!tensor) {
    throw new UserError(
      `output "${name}": expected 32-bit floats, got none`,
      'Export the model with 32-bit float outputs.',
    );
  }
  const { data, dims } = tensor;
  const [batch, first, second] = dims;
  if (dims.length === 3 && batch === 1) {
    // Where both ways fit, the exporter's own decides.
    if (across !== false && first === columns) {
      return { data, count: second!, columns, perBox: 1, perValue: second! };
    }
    if (across !== true && second === columns) {
      return { data, count: first!, columns, perBox: columns, perValue: 1 };
    }
  }
  const along = `[1, N, ${columns}]`;
  const wanted =
    across === undefined ? `[1, ${columns}, N] or ${along}` : across ? `[1, ${columns}, N]` : along;
  throw new UserError(
    `output "${name}": expected shape ${wanted}, got [${dims.join(', ')}]`,
    'Check the number of "classes" and the "decoder" in the contract.',
  );
}

/** Copies the raw values of one box, box first and scores after it; for golden vectors. */
export function rowOf({ boxes, scores, firstScore }: Tables, k: number): number[] {
  const row: number[] = [];
  for (let c = 0; c < 4; c++) row.push(boxes.data[k * boxes.perBox + c * boxes.perValue]!);
  for (let c = firstScore; c < scores.columns; c++) {
    row.push(scores.data[k * scores.perBox + c * scores.perValue]!);
  }
  return row;
}
