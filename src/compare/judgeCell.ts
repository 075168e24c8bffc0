import type { NotJudgedReason } from '../document/index.js';
import type { Likeness } from './likeness.js';

/** Correlation of fine detail below which a photo shows none of the small parts (see visiblePart.ts for what it was fitted to). */
const BLURRED = 0.3;
/** The same from which a cell shows what the golden photo shows. */
export const SHARED = 0.5;
/** Contrast, against what is left elsewhere, below which light or something in between has taken it away. */
const FAINT = 0.25;
/** Correlation of coarse structure from which it is still the same place, seen badly. */
const SAME_PLACE = 0.5;
/** The same from which it is that place, moved: any two places are a little alike when one may be moved about. */
export const BESIDE = 0.7;
/** Detail of its own, against what the photo has elsewhere, from which bad focus is not what is wrong. */
const OWN_DETAIL = 0.5;
/** Grey levels brighter or darker than the light elsewhere makes it: what took the contrast away is light. */
const LIT = 20;
/** Gradients left, against elsewhere, below which focus or motion took them away. */
const FEW_EDGES = 0.5;
/** The same where the board is plain and nothing but its brightness tells. */
const LIT_PLAIN = 80;
const WASHED_OUT = 220;
/** The darker against the brighter of expected and seen below which the light is another, and grey levels that are noise. */
const SAME_LIGHT = 0.65;
const NOISE = 6;
/** Distance in colour below which plain board may be what is seen. */
const ALIKE = 0.05;
/** Distance in colour from which plain board is not what is seen (0.33 from grey to pure colour). */
const OTHER_COLOUR = 0.2;

/** What a cell lets one judge; `covered` by a thing that comes from beyond the board. */
export type Cell = 'off-board' | 'good' | 'plain' | 'covered' | NotJudgedReason;

/**
 * Whether a cell looks like the golden photo's, or why it does not, as far as light, lens and things on top explain it;
 * `plain` where there is nothing to tell by.
 */
export function judgeCell(likeness: Likeness, k: number): Cell {
  const { own, near, wide, coarse, contrast, detail, left, brighter, level, colour, elsewhere } = likeness;
  // The wider surroundings of a good place beside a lost one share little: what it shares itself decides.
  const soft = (wide[k]! < BLURRED && !(near[k]! > SHARED)) || left[k]! < FEW_EDGES;
  if (Number.isNaN(near[k]!)) {
    if (brighter[k]! > LIT_PLAIN && level[k]! > WASHED_OUT) return 'glare';
    if (colour[k]! > OTHER_COLOUR) return 'occluded';
    return soft ? 'blur' : 'plain';
  }
  if (contrast[k]! < FAINT && !(own[k]! > SHARED)) {
    if (brighter[k]! > LIT && detail[k]! < OWN_DETAIL) return 'glare';
    if (brighter[k]! < -LIT && detail[k]! < OWN_DETAIL) return 'shadow';
    // Plain board in its own colour: what covers lies beside it.
    if (Number.isNaN(own[k]!) && asExpected(likeness, k)) return 'plain';
    if (coarse[k]! < SAME_PLACE) return elsewhere(k) < BESIDE ? 'occluded' : 'parallax';
    return detail[k]! < OWN_DETAIL ? 'blur' : 'parallax';
  }
  return soft ? 'blur' : 'good';
}

/** Whether a cell has the brightness and colour that the light makes of the golden photo there. */
export function asExpected({ brighter, level, colour }: Likeness, k: number): boolean {
  const seen = level[k]! + NOISE;
  const expected = level[k]! - brighter[k]! + NOISE;
  // Of a dark board a shadow, or a dark thing, takes few grey levels.
  const alike = Math.min(seen, expected) > SAME_LIGHT * Math.max(seen, expected);
  return alike && Math.abs(brighter[k]!) < LIT && colour[k]! < ALIKE;
}
