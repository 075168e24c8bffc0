import type { Box } from '../geometry/index.js';

/** A part as a detector saw it, in reference-frame pixels. */
export interface SeenPart {
  box: Box;
  /** How sure the detector is that there is a part, 0 to 1. */
  score: number;
  /** Its class, and how sure the detector is of that, 0 to 1. */
  label: string;
  labelScore: number;
}
