/**
 * What the change model says of every cell of a frame, as logits: 0 is even odds, 3 is 95 %. A cell that nothing was
 * asked about, or nothing is known of, holds {@link NO_CHANGE}.
 */
export interface ChangeMap {
  columns: number;
  rows: number;
  /** Side of a cell in pixels of the frame; may be fractional where the frame was looked at in another size. */
  cell: number;
  /** In the photo and not in the reference, row after row. */
  added: Float32Array;
  /** In the reference and not in the photo. */
  removed: Float32Array;
}

/** The logit of a cell that is out of the question. */
export const NO_CHANGE = -20;
