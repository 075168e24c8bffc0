/**
 * The numbers that decide, in one place. Evidence is in units of the photo's own level (see evidenceLevel.ts), so
 * that one set serves sharp and noisy photos. They were chosen on the project's samples and on training photos;
 * docs/quality.md says what they reach on boards that were not used for choosing.
 */
export const THRESHOLDS = {
  /** Evidence inside the box of an unexpected part, beyond which the surface is taken to differ. */
  partEvidence: 2.2,
  /** Evidence at a site where no part is seen any more. */
  missingEvidence: 2.2,
  /** Evidence that a part of the same place and class looks different. */
  wrongEvidence: 2.2,
  /** Peak evidence of a change that no part explains: no detector vouches for it, so it must be strong. */
  changeEvidence: 8,
  /** Share of a change's box that must differ: real things are solid, edges of parallax are thin. */
  changeSolidity: 0.35,
  /** A part has moved when its centre has, by this share of its shorter side … */
  shiftShare: 0.35,
  /** … and by at least this many pixels more than local alignment leaves. */
  shiftPixels: 5,
  /** Beside tall parts: longest side of a small site, as a share of the frame's, and the evidence that it changed. */
  smallSite: 0.024,
  smallEvidence: 2.5,
  /** Evidence, both directions together, that a tall part is another one. */
  tallEvidence: 6,
  /** Sites whose shorter side is below this share are covered by a neighbour's wall too easily to be judged there. */
  tinySite: 0.014,
  /** Score from which an unexpected part is told even where tall parts look different from another viewpoint. */
  parallaxScore: 0.75,
  /** Class score from which a class is believed. */
  classScore: 0.6,
  /** Share of a place that must be visible for it to be judged. */
  visibleShare: 0.5,
  /** Share of the board that must be judged before it can be said to match. */
  coverage: 0.9,
} as const;
