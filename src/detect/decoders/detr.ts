import { UserError } from '../../errors.js';
import { type Decoder, sigmoid, toCorners } from './decoder.js';

/**
 * DETR- and RT-DETR-style output: boxes [1, N, 4] and scores [1, N, classes] as two tensors, or one tensor
 * [1, N, 4 + classes]. With `activation: softmax` the scores have one more column, "no object", at the end (DETR);
 * with `sigmoid` or `none` they have one a class (RT-DETR).
 * Sources: Carion et al., arXiv 2005.12872; Zhao et al., arXiv 2304.08069.
 */
export const decodeDetr: Decoder = (input, into) => {
  const { output, scores, contract, threshold } = input;
  const softmax = contract.output.activation === 'softmax';
  const columns = contract.classes.length + (softmax ? 1 : 0);
  const boxWidth = scores ? 4 : 4 + columns;
  const [batch, count, width] = output.dims;
  if (output.dims.length !== 3 || batch !== 1 || width !== boxWidth) {
    throw new UserError(
      `model output "${contract.output.name}": expected shape [1, N, ${boxWidth}], got [${output.dims.join(', ')}]`,
      'Check "classes", "scoresName" and "decoder" in the contract.',
    );
  }
  if (scores && (scores.dims.length !== 3 || scores.dims[1] !== count || scores.dims[2] !== columns)) {
    throw new UserError(
      `model output "${contract.output.scoresName}": expected shape [1, ${count}, ${columns}], got [${scores.dims.join(', ')}]`,
      'Check "classes" and "activation" in the contract.',
    );
  }
  const values = scores ? scores.data : output.data;
  const perBox = scores ? columns : boxWidth;
  const start = scores ? 0 : 4;
  const corners = new Float64Array(4);
  for (let k = 0; k < count!; k++) {
    const at = k * perBox + start;
    let label = 0;
    for (let c = 1; c < contract.classes.length; c++) if (values[at + c]! > values[at + label]!) label = c;
    let score = values[at + label]!;
    if (softmax) score = softmaxAt(values, at, columns, label);
    else if (contract.output.activation === 'sigmoid') score = sigmoid(score);
    if (!(score >= threshold)) continue;
    const box = k * boxWidth;
    const { data } = output;
    toCorners(data[box]!, data[box + 1]!, data[box + 2]!, data[box + 3]!, input, corners);
    into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, score, label, score);
  }
};

function softmaxAt(values: Float32Array, at: number, count: number, index: number): number {
  let largest = -Infinity;
  for (let k = 0; k < count; k++) largest = Math.max(largest, values[at + k]!);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(values[at + k]! - largest);
  return Math.exp(values[at + index]! - largest) / sum;
}
