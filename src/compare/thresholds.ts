/**
 * The numbers that sort findings into kinds and judge coverage. How strong a difference must be is not among them:
 * that is in the change model's contract, and measured (see decision.ts).
 */
export const THRESHOLDS = {
  /** A difference is one-sided, added or removed, when one logit leads the other by this. */
  oneSided: 2.5,
  /** Share of a site that a difference must cover to be one of the whole part, and not of a spot on it. */
  wholeShare: 0.35,
  /** Share of a site that a difference told elsewhere may cover before the site cannot be said to match. */
  reachesOver: 0.5,
  /** A part has moved when its centre has, by this share of its shorter side … */
  shiftShare: 0.3,
  /** … and by at least this many pixels more than local alignment leaves. */
  shiftPixels: 3,
  /** Class score from which a class is believed. */
  classScore: 0.6,
  /** Share of a place that must be visible for it to be judged. */
  visibleShare: 0.5,
  /** Expected false calls below which a difference is beyond doubt: it needs no detector to be an unexpected part, and what it leaves is told. */
  certainFalseCalls: 0.1,
} as const;

/** Why a site is not judged of which the photo shows too little. */
export function tooLittleSeen(visible: number): string {
  return `only ${Math.round(100 * visible)} % of the site can be judged in this photo`;
}
