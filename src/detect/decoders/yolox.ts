import { UserError } from '../../errors.js';
import type { Candidates } from '../candidates.js';
import { activationOf, cornersAt, type DecodeInput, type Decoder, largestOf, setCorners } from './decoder.js';

/**
 * YOLOX-style output [1, N, 5 + classes]: box, part score, class scores given a part. With `decoded: false` a box is
 * an offset (in cells) and a logarithmic size on the grids of the contract's strides, finest grid first, row by row.
 * Source: Ge et al., YOLOX: Exceeding YOLO Series in 2021, arXiv 2107.08430, and its ONNX export.
 */
export const decodeYolox: Decoder = (input, into) => {
  const { output } = input.contract;
  const corners = new Float64Array(4);
  if (output.decoder === 'yolox' && !output.decoded) {
    decodeGrids(input, output.strides, into, corners);
    return;
  }
  for (let k = 0; k < input.boxes.count; k++) {
    // Not `<`: a score of NaN has to reach `add`, which counts it.
    if (partScore(input, k) < input.threshold) continue;
    cornersAt(input.boxes, k, input, corners);
    addBox(input, k, corners, into);
  }
};

function decodeGrids(
  input: DecodeInput,
  strides: readonly number[],
  into: Candidates,
  corners: Float64Array,
): void {
  const { boxes, contract, width, height, threshold } = input;
  const cells = strides.map((stride) => Math.floor(width / stride) * Math.floor(height / stride));
  const total = cells.reduce((sum, n) => sum + n, 0);
  if (total !== boxes.count) {
    throw new UserError(
      `output: expected ${total} cells for strides ${strides.join(', ')} at ${width}×${height}, got ${boxes.count}`,
      'Check "strides" and "tile" in the contract.',
    );
  }
  const { data } = boxes;
  let k = 0;
  for (const stride of strides) {
    const columns = Math.floor(width / stride);
    const rows = Math.floor(height / stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, k++) {
        if (partScore(input, k) < threshold) continue;
        const at = k * boxes.perBox;
        setCorners(
          (data[at]! + column) * stride,
          (data[at + 1]! + row) * stride,
          Math.exp(data[at + 2]!) * stride,
          Math.exp(data[at + 3]!) * stride,
          contract,
          corners,
        );
        addBox(input, k, corners, into);
      }
    }
  }
}

function partScore({ scores, firstScore, contract }: DecodeInput, k: number): number {
  return activationOf(contract)(scores.data[k * scores.perBox + firstScore]!);
}

function addBox(input: DecodeInput, k: number, corners: Float64Array, into: Candidates): void {
  const { scores, firstScore, contract } = input;
  const at = k * scores.perBox + firstScore + 1;
  const label = largestOf(scores.data, at, 1, contract.classes.length);
  const labelScore = activationOf(contract)(scores.data[at + label] ?? Number.NaN);
  into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, partScore(input, k), label, labelScore);
}
