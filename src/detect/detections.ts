import type { Box } from '../geometry/index.js';

/** Detections as a struct of arrays, best part first. */
export interface Detections {
  count: number;
  /** x, y, width, height of each, in pixels of the photo. */
  boxes: Float32Array;
  /** Part score of each: how sure the model is that there is a part, 0 to 1. */
  scores: Float32Array;
  /** Index into `names` of each. */
  classes: Uint16Array;
  /** How sure the model is of the class, given that there is a part, 0 to 1. */
  classScores: Float32Array;
  names: readonly string[];
}

/** One detection as an object. */
export interface Detection {
  box: Box;
  score: number;
  label: string;
  labelScore: number;
}

/** Takes detection `k` out, 0 to `count` − 1. */
export function detectionAt(detections: Detections, k: number): Detection {
  const { boxes, scores, classes, classScores, names } = detections;
  return {
    box: { x: boxes[4 * k]!, y: boxes[4 * k + 1]!, width: boxes[4 * k + 2]!, height: boxes[4 * k + 3]! },
    score: scores[k]!,
    label: names[classes[k]!]!,
    labelScore: classScores[k]!,
  };
}
