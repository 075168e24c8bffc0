import type { AllFigures } from '../../decisions/index.js';
import { renderStatsCsv } from './csv.js';
import { renderStatsJson } from './json.js';

export { renderStatsHtml } from './html.js';
export { renderStatsSvg } from './svg.js';
export { renderStatsTable } from './table.js';

/** What figures can be written as for machines, by the name of the format. */
export const STATS_FORMATS: Record<string, (figures: AllFigures) => string> = {
  json: renderStatsJson,
  csv: renderStatsCsv,
};
