import type { AllFigures, Figures, Rate } from '../../decisions/index.js';
import { quotedCell } from '../batch/csv.js';
import { RATES, rateOf } from './rates.js';

const COLUMNS = ['group', 'name', 'figure', 'value', 'low', 'high', 'count', 'of'];
const NUMBERS = ['photos', 'settled', 'findings', 'real', 'falseCalls', 'unsure', 'escapes'] as const;

/** One row a figure, after RFC 4180: rates as numbers with their 95 % interval, counts without. */
export function renderStatsCsv({ total, byDay, byLot, byReference, sites }: AllFigures): string {
  const rows: string[][] = [COLUMNS];
  const add = (group: string, name: string, figures: Figures) => {
    for (const key of NUMBERS) rows.push([group, name, key, String(figures[key]), '', '', '', '']);
    for (const words of RATES) rows.push([group, name, words.key, ...cells(rateOf(figures, words))]);
  };
  add('total', '', total);
  for (const [name, figures] of byDay) add('day', name, figures);
  for (const [name, figures] of byLot) add('lot', name, figures);
  for (const [name, figures] of byReference) add('reference', name, figures);
  for (const { reference, site, falseCalls, rate } of sites) {
    const name = `${site} (${reference})`;
    rows.push(['site', name, 'falseCalls', String(falseCalls), '', '', '', '']);
    rows.push(['site', name, 'falseCallsPerSite', ...cells(rate)]);
  }
  return rows.map((row) => `${row.map(quotedCell).join(',')}\r\n`).join('');
}

function cells(rate: Rate | null): string[] {
  if (!rate) return ['', '', '', '', ''];
  return [rate.value, rate.low, rate.high]
    .map((value) => value.toPrecision(4))
    .concat(String(rate.count), String(rate.of));
}
