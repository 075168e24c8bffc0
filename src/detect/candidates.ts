/** Sides of a box that an inner edge of a tile cuts off, as bits. */
export const CUT = { left: 1, top: 2, right: 4, bottom: 8 } as const;

/**
 * Boxes between decoding and merging: a struct of arrays that grows as needed, so that nothing is allocated a cell.
 * Boxes are corners (left, top, right, bottom) here, which merging wants.
 */
export class Candidates {
  count = 0;
  corners = new Float32Array(4 * 256);
  scores = new Float32Array(256);
  classes = new Uint16Array(256);
  classScores = new Float32Array(256);
  /** Bits of {@link CUT}; 0 for a box that its tile shows whole. */
  cuts = new Uint8Array(256);
  /** Boxes that were refused because a number in them was NaN or infinite. */
  notNumbers = 0;

  clear(): void {
    this.count = 0;
    this.notNumbers = 0;
  }

  /** Adds one. What is not finite is counted and left out; what has no area or no score is left out. */
  add(
    left: number,
    top: number,
    right: number,
    bottom: number,
    score: number,
    label: number,
    labelScore: number,
    cuts = 0,
  ): void {
    if (!Number.isFinite(left + top + right + bottom + score + label + labelScore)) {
      this.notNumbers++;
      return;
    }
    if (!(right > left && bottom > top && score > 0)) return;
    if (this.count === this.scores.length) this.grow();
    const k = this.count++;
    this.corners[4 * k] = left;
    this.corners[4 * k + 1] = top;
    this.corners[4 * k + 2] = right;
    this.corners[4 * k + 3] = bottom;
    this.scores[k] = Math.min(1, score);
    this.classes[k] = label;
    this.classScores[k] = Math.max(0, Math.min(1, labelScore));
    this.cuts[k] = cuts;
  }

  /** Indices from the best score down; equal scores stay in the order in which they came. */
  byScore(): number[] {
    const { scores } = this;
    return Array.from({ length: this.count }, (_, k) => k).sort((a, b) => scores[b]! - scores[a]!);
  }

  private grow(): void {
    const size = 2 * this.scores.length;
    this.corners = copy(this.corners, new Float32Array(4 * size));
    this.scores = copy(this.scores, new Float32Array(size));
    this.classes = copy(this.classes, new Uint16Array(size));
    this.classScores = copy(this.classScores, new Float32Array(size));
    this.cuts = copy(this.cuts, new Uint8Array(size));
  }
}

function copy<A extends Float32Array | Uint16Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
