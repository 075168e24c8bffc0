import type { Plan, ReferenceSource } from './plan.js';

/** Features in their places from which on a reference is believed: photos of other boards reach 8 or so. */
const ENOUGH = 12;
/** References that are tried at most. */
const TRIED = 3;

/**
 * Turns likenesses into what is tried. A reference that is not like the photo is not named beside one that is: it
 * decides nothing, and one that is added to the others must not make old results look different. Where none is, the
 * nearest are tried all the same, since registration looks closer.
 * @param ranked most like first, one at least
 */
export function toPlan(
  references: readonly ReferenceSource[],
  ranked: readonly { reference: number; score: number }[],
): Plan {
  const nearest = ranked[0]!;
  const known = nearest.score >= ENOUGH;
  const tried = ranked.filter(({ score }) => !known || score >= ENOUGH).slice(0, TRIED);
  const second = tried[1]?.score ?? 0;
  return {
    by: 'features',
    candidates: tried.map(({ reference, score }) => ({ ...references[reference]!, score })),
    margin: nearest.score === 0 ? 0 : Math.round(1000 * (1 - second / nearest.score)) / 1000,
    unknown: known
      ? null
      : `no reference is like it: of the nearest, ${references[nearest.reference]!.name}, it shows ${nearest.score} features in their places, expected at least ${ENOUGH}`,
  };
}
