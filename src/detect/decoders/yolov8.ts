import { activationOf, cornersAt, type Decoder, largestOf } from './decoder.js';

/**
 * YOLOv8- and YOLO11-style output [1, 4 + classes, N] or transposed [1, N, 4 + classes]: box and class scores. There
 * is no part score of its own, so the best class score stands for it.
 * Source: the ONNX export of Ultralytics YOLOv8 as documented by its authors.
 */
export const decodeYolov8: Decoder = (input, into) => {
  const { boxes, scores, firstScore, contract, threshold } = input;
  const { data, perBox, perValue } = scores;
  const activate = activationOf(contract);
  const corners = new Float64Array(4);
  for (let k = 0; k < boxes.count; k++) {
    const at = k * perBox + firstScore * perValue;
    const label = largestOf(data, at, perValue, contract.classes.length);
    const score = activate(data[at + label * perValue] ?? Number.NaN);
    if (score < threshold) continue;
    cornersAt(boxes, k, input, corners);
    into.add(corners[0]!, corners[1]!, corners[2]!, corners[3]!, score, label, score);
  }
};
