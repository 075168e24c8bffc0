import type { AllFigures } from '../../decisions/index.js';
import { plainJson } from '../plainJson.js';

/** Figures as one JSON document. */
export function renderStatsJson(figures: AllFigures): string {
  const { total, byDay, byLot, byReference, sites } = figures;
  const list = (groups: AllFigures['byDay']) => groups.map(([name, counted]) => ({ name, ...counted }));
  return `${plainJson(
    {
      schemaVersion: 1,
      total,
      byDay: list(byDay),
      byLot: list(byLot),
      byReference: list(byReference),
      sites,
    },
    2,
  )}\n`;
}
