/** A smooth displacement field over a frame: where in the photo-in-frame each frame pixel is found. */
export interface DisplacementField {
  columns: number;
  rows: number;
  spacing: number;
  /** Pixels to the right, row after row. */
  dx: Float32Array;
  /** Pixels down, row after row. */
  dy: Float32Array;
}

/** Where a frame point is found in the photo-in-frame, by bilinear interpolation of the field. */
export function displacementAt(field: DisplacementField, x: number, y: number): [number, number] {
  const { columns, rows, spacing, dx, dy } = field;
  const u = Math.min(columns - 1.001, Math.max(0, x / spacing));
  const v = Math.min(rows - 1.001, Math.max(0, y / spacing));
  const k = Math.floor(v) * columns + Math.floor(u);
  const fu = u % 1;
  const fv = v % 1;
  const mix = (plane: Float32Array) =>
    (1 - fv) * ((1 - fu) * plane[k]! + fu * plane[k + 1]!) +
    fv * ((1 - fu) * plane[k + columns]! + fu * plane[k + columns + 1]!);
  return [mix(dx), mix(dy)];
}
