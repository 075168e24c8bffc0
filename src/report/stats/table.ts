import type { AllFigures, Figures } from '../../decisions/index.js';
import { showControls } from '../escape.js';
import { count } from '../words.js';
import { ppm, RATES, rateOf, rateText } from './rates.js';

/** Sites and groups that are listed; the other formats have all. */
const MOST = 15;

/** Figures for a terminal: each with its 95 % interval and what it rests on. */
export function renderStatsTable(figures: AllFigures, remarks: readonly string[] = []): string {
  const { total, byDay, byLot, byReference, sites } = figures;
  const lines = [
    `${count(total.photos, 'photo')} with a verdict, nothing open on ${total.settled} of them.`,
    `${count(total.findings, 'finding')}: ${total.real} real, ${total.falseCalls} false calls, ${total.unsure} unsure, ` +
      `${total.findings - total.real - total.falseCalls - total.unsure} open. ${count(total.escapes, 'escape')}.`,
    '',
    ...RATES.map((words) => {
      const rate = rateOf(total, words);
      const rests = rate ? words.rests(rate) : 'nothing to count on yet';
      return `  ${words.name.padEnd(25)}${rateText(words, rate).padEnd(34)}${rests}`;
    }),
    '  In brackets: the range in which the true rate lies with 95 % confidence.',
    ...group('By day of inspection', byDay),
    ...group('By lot', byLot),
    ...(byReference.length > 1 ? group('By reference', byReference) : []),
  ];
  if (sites.length > 0) lines.push('', 'Sites with most false calls');
  for (const { site, reference, falseCalls, rate } of sites.slice(0, MOST)) {
    const where = byReference.length > 1 ? `${site}, ${reference}` : site;
    const often = rate
      ? `${ppm(rate.value)} (${ppm(rate.low)} to ${ppm(rate.high)}), ${falseCalls} of ${rate.of} times judged`
      : count(falseCalls, 'false call');
    lines.push(`  ${cell(where, 24)} ${often}`);
  }
  if (sites.length > MOST) lines.push(`  and ${sites.length - MOST} more`);
  if (remarks.length > 0) lines.push('', ...remarks);
  return `${lines.join('\n')}\n`;
}

function group(title: string, groups: readonly [string, Figures][]): string[] {
  if (groups.length === 0) return [];
  const rows = groups.slice(-MOST).map(([name, figures]) => {
    const [perPhoto] = RATES;
    return (
      `  ${cell(name, 24)} ${rateText(perPhoto!, figures.falseCallsPerPhoto).padEnd(22)} ` +
      `${`${figures.settled} of ${figures.photos}`.padEnd(14)} ${String(figures.real).padStart(5)} ` +
      `${String(figures.escapes).padStart(8)} ${(figures.decided ? `${figures.decided.count} of ${figures.decided.of}` : '–').padStart(14)}`
    );
  });
  const before = groups.length - rows.length;
  return [
    '',
    `${title}${before > 0 ? `, the last ${rows.length}` : ''}`,
    `  ${''.padEnd(24)} ${'false calls a photo'.padEnd(22)} ${'photos settled'.padEnd(14)} ${' real'} ${' escapes'} ${'decided'.padStart(14)}`,
    ...rows,
  ];
}

function cell(text: string, width: number): string {
  const shown = showControls(text);
  return (shown.length > width ? `${shown.slice(0, width - 1)}…` : shown).padEnd(width);
}
