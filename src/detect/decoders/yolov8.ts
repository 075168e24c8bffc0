import { UserError } from '../../errors.js';
import { type Decoder, sigmoid, toCorners } from './decoder.js';

/**
 * YOLOv8- and YOLO11-style output [1, 4 + classes, N], also transposed as [1, N, 4 + classes]: box and class
 * scores, no part score of its own, so the best class score stands for it.
 * Source: the ONNX export of Ultralytics YOLOv8 as documented by its authors.
 */
export const decodeYolov8: Decoder = (input, into) => {
  const { output, contract, threshold } = input;
  const classes = contract.classes.length;
  const rows = 4 + classes;
  const [batch, first, second] = output.dims;
  // Where both sides fit, the longer one is the number of boxes; the exporter's own order decides a tie.
  const plain = first === rows;
  const transposed = second === rows && !plain;
  if (output.dims.length !== 3 || batch !== 1 || !(plain || transposed)) {
    throw new UserError(
      `model output "${contract.output.name}": expected shape [1, ${rows}, N] or [1, N, ${rows}] for ${classes} classes, got [${output.dims.join(', ')}]`,
      'Check "classes" and "decoder" in the contract.',
    );
  }
  const count = plain ? second! : first!;
  const perBox = plain ? 1 : rows;
  const perRow = plain ? count : 1;
  const activate = contract.output.activation === 'sigmoid' ? sigmoid : (value: number) => value;
  const corners = new Float64Array(4);
  const { data } = output;
  for (let k = 0; k < count; k++) {
    const at = k * perBox;
    let label = 0;
    let best = data[at + 4 * perRow]!;
    for (let c = 1; c < classes; c++) {
      const score = data[at + (4 + c) * perRow]!;
      if (score > best) {
        best = score;
        label = c;
      }
    }
    const score = activate(best);
    if (!(score >= threshold)) continue;
    toCorners(data[at]!, data[at + perRow]!, data[at + 2 * perRow]!, data[at + 3 * perRow]!, input, corners);
    into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, score, label, score);
  }
};
