import type { Candidates } from '../candidates.js';
import type { DetectContract } from '../contract.js';
import type { Table, Tables } from './table.js';

/** What a decoder is given. */
export interface DecodeInput extends Tables {
  contract: DetectContract;
  /** Size of the input that the model saw, in pixels. */
  width: number;
  height: number;
  /** Part scores below this are left out, 0 to 1. */
  threshold: number;
}

/**
 * Reads boxes and scores out of a model's output and adds them to `into`, in pixels of the model's input.
 * @throws UserError when the number of boxes does not fit the contract
 */
export type Decoder = (input: DecodeInput, into: Candidates) => void;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const same = (value: number): number => value;

/** What is applied to one score by itself; softmax, which needs a whole row, is the DETR decoder's own. */
export function activationOf({ output }: DetectContract): (value: number) => number {
  return output.activation === 'sigmoid' ? sigmoid : same;
}

/**
 * Index of the largest of `count` values from `at` on.
 * @returns NaN where one of them is NaN, so that a broken model is not taken for an empty board
 */
export function largestOf(data: Float32Array, at: number, step: number, count: number): number {
  let best = 0;
  for (let c = 0; c < count; c++) {
    const value = data[at + c * step]!;
    if (Number.isNaN(value)) return Number.NaN;
    if (value > data[at + best * step]!) best = c;
  }
  return best;
}

/** Corners of box k from the contract's format and unit, written into `corners`, which is reused. */
export function cornersAt(
  boxes: Table,
  k: number,
  { contract, width, height }: DecodeInput,
  corners: Float64Array,
): void {
  const { data, perValue } = boxes;
  const at = k * boxes.perBox;
  setCorners(
    data[at]!,
    data[at + perValue]!,
    data[at + 2 * perValue]!,
    data[at + 3 * perValue]!,
    contract,
    corners,
  );
  if (contract.output.boxUnit === 'normalised') {
    corners[0]! *= width;
    corners[1]! *= height;
    corners[2]! *= width;
    corners[3]! *= height;
  }
}

/** Corners from four values in the contract's box format. */
export function setCorners(
  a: number,
  b: number,
  c: number,
  d: number,
  { output }: DetectContract,
  corners: Float64Array,
): void {
  const centred = output.boxFormat === 'cxcywh';
  corners[0] = centred ? a - c / 2 : a;
  corners[1] = centred ? b - d / 2 : b;
  corners[2] = centred ? a + c / 2 : c;
  corners[3] = centred ? b + d / 2 : d;
}
