import { type DisplacementField, displacementAt, nodesAround } from './displacementField.js';

/** How far neighbouring nodes are held together, in tracks: the fewer tracks a place has, the more its neighbours say. */
const STIFFNESS = 0.15;
/** How far every node is held to no displacement, in tracks: far from all tracks the field comes to rest. */
const ANCHOR = 0.01;
/** Pixels by which a track may miss the field, ever fewer: the many settle where the field lies before the few are dropped. */
const SCALES = [24, 12, 6, 4, 3, 2];
/** Sweeps over the nodes for each of them (successive over-relaxation), and by how much each goes too far. */
const SWEEPS = 40;
const OVER_RELAXATION = 1.6;

/** A corner of the reference that was found again in the photo. */
export interface Track {
  /** Where it is in the reference frame. */
  x: number;
  y: number;
  /** How far from there the photo shows it, in pixels. */
  dx: number;
  dy: number;
}

/**
 * Fits a smooth field to tracks of which some are wrong: a membrane pulled by every track, the less the more the track
 * contradicts it (Geman-McClure weights, tightened step by step: Black & Rangarajan, IJCV 1996).
 * @param frame its size in pixels
 * @param spacing of the field's nodes, in pixels
 */
export function smoothField(
  { width, height }: { width: number; height: number },
  tracks: readonly Track[],
  spacing: number,
): DisplacementField {
  const columns = Math.ceil(width / spacing) + 1;
  const rows = Math.ceil(height / spacing) + 1;
  const nodes = columns * rows;
  const field = { columns, rows, spacing, dx: new Float32Array(nodes), dy: new Float32Array(nodes) };
  const pull = {
    weight: new Float32Array(nodes),
    dx: new Float32Array(nodes),
    dy: new Float32Array(nodes),
  };
  for (const scale of tracks.length === 0 ? [] : SCALES) {
    for (const plane of [pull.weight, pull.dx, pull.dy]) plane.fill(0);
    for (const track of tracks) addPull(track, field, scale, pull);
    relax(field, pull);
  }
  return field;
}

/** What the tracks want of each node: the sum of their weights, and of their displacements times these. */
interface Pull {
  weight: Float32Array;
  dx: Float32Array;
  dy: Float32Array;
}

/** A track pulls the four nodes around it, the nearer the more. */
function addPull({ x, y, dx, dy }: Track, field: DisplacementField, scale: number, pull: Pull): void {
  const [hereX, hereY] = displacementAt(field, x, y);
  const trust = 1 / (1 + ((hereX - dx) ** 2 + (hereY - dy) ** 2) / scale ** 2) ** 2;
  const { nodes, shares } = nodesAround(field, x, y);
  for (const [c, node] of nodes.entries()) {
    const weight = trust * shares[c]!;
    pull.weight[node]! += weight;
    pull.dx[node]! += weight * dx;
    pull.dy[node]! += weight * dy;
  }
}

/** Lets the membrane come to rest under the pull on its nodes. */
function relax({ columns, rows, dx, dy }: DisplacementField, pull: Pull): void {
  const share = new Float64Array(dx.length);
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      const neighbours =
        (i > 0 ? 1 : 0) + (i < columns - 1 ? 1 : 0) + (j > 0 ? 1 : 0) + (j < rows - 1 ? 1 : 0);
      share[k] = 1 / (pull.weight[k]! + ANCHOR + STIFFNESS * neighbours);
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let j = 0, k = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, k++) {
        let x = 0;
        let y = 0;
        if (i > 0) {
          x += dx[k - 1]!;
          y += dy[k - 1]!;
        }
        if (i < columns - 1) {
          x += dx[k + 1]!;
          y += dy[k + 1]!;
        }
        if (j > 0) {
          x += dx[k - columns]!;
          y += dy[k - columns]!;
        }
        if (j < rows - 1) {
          x += dx[k + columns]!;
          y += dy[k + columns]!;
        }
        dx[k]! += OVER_RELAXATION * ((pull.dx[k]! + STIFFNESS * x) * share[k]! - dx[k]!);
        dy[k]! += OVER_RELAXATION * ((pull.dy[k]! + STIFFNESS * y) * share[k]! - dy[k]!);
      }
    }
  }
}
