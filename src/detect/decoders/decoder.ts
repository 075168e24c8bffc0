import type { ModelContract } from '../contract.js';
import type { Candidates } from '../detections.js';
import type { PlainTensor } from '../runtime.js';

/** What a decoder is given. */
export interface DecodeInput {
  /** The output named in the contract. */
  output: PlainTensor;
  /** The second output, where the contract names one. */
  scores: PlainTensor | null;
  contract: ModelContract;
  /** Size of the tile that the model saw, in pixels. */
  tileWidth: number;
  tileHeight: number;
  /** Part scores below this are left out. */
  threshold: number;
}

/**
 * Reads boxes and scores out of a model's output.
 * Boxes go into `into` in pixels of the tile.
 * @throws UserError when the output's shape does not fit the contract
 */
export type Decoder = (input: DecodeInput, into: Candidates) => void;

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Corners from a box in the contract's format and unit. Written into `corners`, which is reused. */
export function toCorners(
  a: number,
  b: number,
  c: number,
  d: number,
  { contract, tileWidth, tileHeight }: DecodeInput,
  corners: Float64Array,
): void {
  const sx = contract.output.boxUnit === 'normalised' ? tileWidth : 1;
  const sy = contract.output.boxUnit === 'normalised' ? tileHeight : 1;
  if (contract.output.boxFormat === 'xyxy') {
    corners[0] = a * sx;
    corners[1] = b * sy;
    corners[2] = c * sx;
    corners[3] = d * sy;
  } else {
    corners[0] = (a - c / 2) * sx;
    corners[1] = (b - d / 2) * sy;
    corners[2] = (a + c / 2) * sx;
    corners[3] = (b + d / 2) * sy;
  }
}
