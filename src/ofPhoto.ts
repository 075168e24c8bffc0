import type { Inspection } from './document/index.js';

/** The document as a report on one of its photos shows it: findings and places that this photo shows best. */
export function ofPhoto(inspection: Inspection, index: number): Inspection {
  if (inspection.photos.length === 1) return inspection;
  const { registration, judgedFraction: _, ...photo } = inspection.photos[index]!;
  return {
    ...inspection,
    photo,
    registration,
    findings: inspection.findings.filter((finding) => finding.photo === index),
    coverage: {
      ...inspection.coverage,
      notJudged: inspection.coverage.notJudged.filter((place) => place.photo === index),
    },
  };
}
