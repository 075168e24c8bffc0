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

/** The four nodes around a frame point, and their shares in it by bilinear interpolation. */
export function nodesAround({ columns, rows, spacing }: DisplacementField, x: number, y: number) {
  const u = Math.min(columns - 1.001, Math.max(0, x / spacing));
  const v = Math.min(rows - 1.001, Math.max(0, y / spacing));
  const [fu, fv] = [u % 1, v % 1];
  const k = Math.floor(v) * columns + Math.floor(u);
  return {
    nodes: [k, k + 1, k + columns, k + columns + 1],
    shares: [(1 - fu) * (1 - fv), fu * (1 - fv), (1 - fu) * fv, fu * fv],
  };
}

/** How far from a frame point the photo-in-frame shows it, in pixels to the right and down. */
export function displacementAt(field: DisplacementField, x: number, y: number): [number, number] {
  const { nodes, shares } = nodesAround(field, x, y);
  const mix = (plane: Float32Array) => nodes.reduce((sum, node, c) => sum + shares[c]! * plane[node]!, 0);
  return [mix(field.dx), mix(field.dy)];
}
