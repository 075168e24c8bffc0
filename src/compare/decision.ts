import type { ChangeRegion } from './changeRegions.js';

/** How strong a summit of the change map must be, measured on unedited pairs of shots. From the model's contract. */
export interface Decision {
  /** Summit, in logits, of which a photo has one by chance when its tenth summit is at 0. */
  level: number;
  /** How much of the tenth summit's height adds to that, 0 to 1: the photo's own noise. */
  noise: number;
  /** Logits within which chance summits become e times rarer. */
  spread: number;
}

/** Logits by which chance summits are lower where several have a say: for one of them, two, three, … */
export type Relief = readonly number[];

/** The relief of a place in which so many have a say, at least one; what is beyond the list counts as its last. */
export function reliefOf(relief: Relief, voices: number): number {
  return relief[Math.min(voices, relief.length) - 1] ?? 0;
}

/** The highest value that more than half of them reach. @param values one and more */
export function majority(values: readonly number[]): number {
  return [...values].sort((a, b) => b - a)[Math.floor(values.length / 2)]!;
}

/** @param values one and more */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Where a place is watched closely, differences are told that good boards show so many times more often. */
export const WATCHED = 4;

/** The summit that tells a photo's noise: among its strongest, yet beyond what real differences there are. */
const NOISE_RANK = 10;
/** Summits above the level by this are real differences, and no noise. */
const REAL = 1;
/** Noise outside of this range, in logits, says that something else is wrong, or that there was nothing to rank. */
const LEAST_NOISE = -2;
const MOST_NOISE = 2;

/**
 * The photo's own noise in logits: a shaky, dim or strongly tilted shot has higher chance summits everywhere.
 * @param regions all regions of the photo, strongest first
 * @param level as in {@link Decision}
 */
export function noiseOfPhoto(regions: readonly ChangeRegion[], level: number): number {
  const first = regions.findIndex(({ peak }) => peak < level + REAL);
  const ranked = first < 0 ? undefined : regions[first + NOISE_RANK - 1];
  return Math.min(MOST_NOISE, Math.max(LEAST_NOISE, ranked?.peak ?? LEAST_NOISE));
}

/**
 * The level of one chance summit in this photo.
 * @param regions all regions of the photo, strongest first
 */
export function levelOfPhoto(regions: readonly ChangeRegion[], { level, noise }: Decision): number {
  return level + noise * noiseOfPhoto(regions, level);
}

/** How many differences as strong as this a photo of a good board shows by chance. */
export function expectedFalseCalls(peak: number, levelHere: number, spread: number): number {
  return Math.exp((levelHere - peak) / spread);
}

/** The score of a finding, 0 to 1: a half where one false call a photo is to be expected, 0.9 where one in nine photos. */
export function scoreOf(falseCalls: number): number {
  return 1 / (1 + falseCalls);
}
