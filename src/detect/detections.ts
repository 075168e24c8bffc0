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

/** Takes one detection out. */
export function detectionAt(detections: Detections, k: number): Detection {
  const { boxes, scores, classes, classScores, names } = detections;
  return {
    box: { x: boxes[4 * k]!, y: boxes[4 * k + 1]!, width: boxes[4 * k + 2]!, height: boxes[4 * k + 3]! },
    score: scores[k]!,
    label: names[classes[k]!]!,
    labelScore: classScores[k]!,
  };
}

/**
 * Candidates from decoding, before merging: grows as needed, so that nothing is allocated per cell.
 * Boxes are corners (left, top, right, bottom) here, which merging wants.
 */
export class Candidates {
  count = 0;
  corners = new Float32Array(4 * 256);
  scores = new Float32Array(256);
  classes = new Uint16Array(256);
  classScores = new Float32Array(256);

  /** Adds one; what is not finite or has no area is left out. */
  add(
    left: number,
    top: number,
    right: number,
    bottom: number,
    score: number,
    label: number,
    labelScore: number,
  ): void {
    if (!(right > left && bottom > top && Number.isFinite(right - left + bottom - top + left + top))) return;
    if (!(score > 0)) return;
    if (this.count === this.scores.length) this.grow();
    this.corners.set([left, top, right, bottom], 4 * this.count);
    this.scores[this.count] = Math.min(1, score);
    this.classes[this.count] = label;
    this.classScores[this.count] = Math.min(1, labelScore);
    this.count++;
  }

  private grow(): void {
    const size = 2 * this.scores.length;
    this.corners = copy(this.corners, new Float32Array(4 * size));
    this.scores = copy(this.scores, new Float32Array(size));
    this.classes = copy(this.classes, new Uint16Array(size));
    this.classScores = copy(this.classScores, new Float32Array(size));
  }
}

function copy<A extends Float32Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
