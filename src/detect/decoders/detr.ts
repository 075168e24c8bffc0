import { activationOf, cornersAt, type Decoder, largestOf } from './decoder.js';

/**
 * DETR- and RT-DETR-style output: boxes [1, N, 4] and scores [1, N, classes] as two tensors, or one tensor
 * [1, N, 4 + classes]. With `activation: softmax` the scores have one more column, "no object", at the end (DETR);
 * with `sigmoid` or `none` they have one a class (RT-DETR).
 * Sources: Carion et al., arXiv 2005.12872; Zhao et al., arXiv 2304.08069.
 */
export const decodeDetr: Decoder = (input, into) => {
  const { boxes, scores, firstScore, contract, threshold } = input;
  const { data, perBox } = scores;
  const softmax = contract.output.activation === 'softmax';
  const columns = scores.columns - firstScore;
  const activate = activationOf(contract);
  const corners = new Float64Array(4);
  for (let k = 0; k < boxes.count; k++) {
    const at = k * perBox + firstScore;
    const label = largestOf(data, at, 1, contract.classes.length);
    const raw = data[at + label] ?? Number.NaN;
    const score = softmax ? softmaxOf(data, at, columns, raw) : activate(raw);
    if (score < threshold) continue;
    cornersAt(boxes, k, input, corners);
    into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, score, label, score);
  }
};

function softmaxOf(data: Float32Array, at: number, count: number, value: number): number {
  let largest = value;
  for (let c = 0; c < count; c++) if (data[at + c]! > largest) largest = data[at + c]!;
  let sum = 0;
  for (let c = 0; c < count; c++) sum += Math.exp(data[at + c]! - largest);
  return Math.exp(value - largest) / sum;
}
