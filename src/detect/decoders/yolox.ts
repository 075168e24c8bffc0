import { UserError } from '../../errors.js';
import { type Decoder, sigmoid, toCorners } from './decoder.js';

/**
 * YOLOX-style output [1, N, 5 + classes]: box, part score, class scores given a part. With `decoded: false` the box
 * is an offset on grids of the contract's strides, with logarithmic sizes.
 * Source: Ge et al., YOLOX: Exceeding YOLO Series in 2021, arXiv 2107.08430, and its ONNX export.
 */
export const decodeYolox: Decoder = (input, into) => {
  const { output, contract, threshold } = input;
  const classes = contract.classes.length;
  const width = 5 + classes;
  const [batch, count, columns] = output.dims;
  if (output.dims.length !== 3 || batch !== 1 || columns !== width) {
    throw new UserError(
      `model output "${contract.output.name}": expected shape [1, N, ${width}] for ${classes} classes, got [${output.dims.join(', ')}]`,
      'Check "classes" and "decoder" in the contract.',
    );
  }
  const activate = contract.output.activation === 'sigmoid' ? sigmoid : (value: number) => value;
  const grid = contract.output.decoded ? null : gridOf(input, count!);
  const corners = new Float64Array(4);
  const { data } = output;
  for (let k = 0, at = 0; k < count!; k++, at += width) {
    const score = activate(data[at + 4]!);
    if (!(score >= threshold)) continue;
    let label = 0;
    for (let c = 1; c < classes; c++) if (data[at + 5 + c]! > data[at + 5 + label]!) label = c;
    if (grid) {
      const stride = grid[3 * k + 2]!;
      toCorners(
        (data[at]! + grid[3 * k]!) * stride,
        (data[at + 1]! + grid[3 * k + 1]!) * stride,
        Math.exp(data[at + 2]!) * stride,
        Math.exp(data[at + 3]!) * stride,
        input,
        corners,
      );
    } else {
      toCorners(data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!, input, corners);
    }
    into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, score, label, activate(data[at + 5 + label]!));
  }
};

/** Column, row and stride of every cell, finest grid first, as YOLOX lays them out. */
function gridOf({ contract, tileWidth, tileHeight }: Parameters<Decoder>[0], count: number): Float32Array {
  const cells = new Float32Array(3 * count);
  let k = 0;
  for (const stride of contract.output.strides) {
    for (let row = 0; row < Math.floor(tileHeight / stride); row++) {
      for (let column = 0; column < Math.floor(tileWidth / stride); column++) {
        cells.set([column, row, stride], 3 * k);
        if (++k > count) break;
      }
    }
  }
  if (k !== count) {
    throw new UserError(
      `model output "${contract.output.name}": expected ${k} cells for strides ${contract.output.strides.join(', ')}, got ${count}`,
      'Check "strides" and "tile" in the contract.',
    );
  }
  return cells;
}
