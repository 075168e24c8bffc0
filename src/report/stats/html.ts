import type { AllFigures } from '../../decisions/index.js';
import { escapeHtml } from '../escape.js';
import { count } from '../words.js';
import { RATES, rateOf, rateText } from './rates.js';
import { renderStatsSvg } from './svg.js';

/** Figures and charts as a piece of a page. */
export function renderStatsHtml(figures: AllFigures): string {
  const { total } = figures;
  const rows = RATES.map((words): [string, string, string] => {
    const rate = rateOf(total, words);
    return [words.name, rateText(words, rate), rate ? words.rests(rate) : 'nothing to count on yet'];
  });
  const body = rows.map(
    ([name, value, rests]) =>
      `<div><dt>${name}</dt><dd>${escapeHtml(value)}<br><span class="soft">${escapeHtml(rests)}</span></dd></div>`,
  );
  return `<p class="soft">${total.real} real, ${count(total.falseCalls, 'false call')}, ${total.unsure} unsure, ${count(total.escapes, 'escape')}. In brackets: the range in which the true rate lies with 95 % confidence.</p>
<dl>${body.join('')}</dl>
${renderStatsSvg(figures, { alone: false })}`;
}
