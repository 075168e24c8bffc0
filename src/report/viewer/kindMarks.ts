import type { FindingKind } from '../../document/index.js';
import { KIND_COLORS } from '../words.js';

/** A sign for each kind, as strokes in a square of 16: kinds can be told apart without their colours. */
const KIND_SIGNS: Record<FindingKind, string> = {
  'unexpected-part': 'M8 3v10M3 8h10',
  'missing-part': 'M3 8h10',
  'shifted-part': 'M2.5 8h11M9.5 4l4 4-4 4',
  'rotated-part': 'M12.9 9.6a5 5 0 1 1-.7-4.5M12.8 1.8v3.6H9.2',
  'wrong-part': 'M3 6h10M3 10h10M11 2.5l-6 11',
  'unexplained-change': 'M5.4 5.6a2.6 2.6 0 1 1 3.9 2.2C8.4 8.4 8 8.9 8 10M8 12.8v.4',
};

/** Sign and colour by kind, for the page's script. */
export const KIND_MARKS = Object.fromEntries(
  Object.entries(KIND_SIGNS).map(([kind, sign]) => [kind, { sign, color: KIND_COLORS[kind as FindingKind] }]),
) as Record<FindingKind, { sign: string; color: string }>;

/** The sign of a kind as an SVG element of its own, on a dark plate in the kind's colour. */
export function kindSign(kind: FindingKind): string {
  const { sign, color } = KIND_MARKS[kind];
  return `<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" style="--kind:${color}"><path d="${sign}"/></svg>`;
}
