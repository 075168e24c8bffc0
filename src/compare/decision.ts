import type { ChangeRegion } from './changeRegions.js';

/** How strong a summit of the change map must be, measured on unedited pairs of real shots. From the model's contract. */
export interface Decision {
  /** Summit, in logits, of which an ordinary photo has one by chance. */
  level: number;
  /** Logits within which chance summits become e times rarer. */
  spread: number;
}

/** Ranks of a photo's own summits that tell its noise: too many to be all real differences, few enough to be its strongest. */
const NOISE_RANKS = [20, 40] as const;
/** How far a photo's own noise may move the level from that of an ordinary photo, in logits. */
const LOWEST_SHIFT = -1.5;
const HIGHEST_SHIFT = 2.5;

/**
 * The level of one chance summit in this photo. Summits of noise thin out exponentially, so the summit of rank k lies
 * ln k spreads below the level; the real differences of one photo are too few to move ranks of 20 and more by much.
 * @param regions all regions of the photo, strongest first
 */
export function levelOfPhoto(regions: readonly ChangeRegion[], { level, spread }: Decision): number {
  let own = -Infinity;
  for (const rank of NOISE_RANKS) {
    const region = regions[rank - 1];
    if (region) own = Math.max(own, region.peak + spread * Math.log(rank));
  }
  return Math.min(level + HIGHEST_SHIFT, Math.max(level + LOWEST_SHIFT, own));
}

/** How many differences as strong as this a photo of a good board shows by chance. */
export function expectedFalseCalls(peak: number, levelHere: number, spread: number): number {
  return Math.exp((levelHere - peak) / spread);
}

/** The score of a finding, 0 to 1: a half where one false call a photo is to be expected, 0.9 where one in nine photos. */
export function scoreOf(falseCalls: number): number {
  return 1 / (1 + falseCalls);
}
