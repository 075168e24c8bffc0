import type { AllFigures, Figures } from '../../decisions/index.js';
import { escapeHtml } from '../escape.js';

/** Options of {@link renderStatsSvg}. */
export interface SvgOptions {
  /** Whether it is a file of its own, with its own colours, light and dark. Default true. */
  alone?: boolean;
}

const WIDTH = 384;
const LEFT = 104;
const RIGHT = 384;
/** Height of a row. */
const ROW = 22;
/** Groups and sites that are drawn: the last days, the sites called most. */
const MOST = 14;

const ALONE = `<style>
:root { color-scheme: light dark; --ink: #16191d; --soft: #56606b; --line: #d9dee3; --card: #fff; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #9aa4ae; --line: #2d343b; --card: #191e23; --accent: #7ab8f5; } }
</style><rect x="-16" y="-16" width="100%" height="100%" fill="var(--card)"/>`;

/**
 * Charts: false calls a photo by day, by lot and by reference, with their 95 % intervals and the photos that they rest
 * on, and the sites that are called falsely most often.
 */
export function renderStatsSvg(figures: AllFigures, { alone = true }: SvgOptions = {}): string {
  const { byDay, byLot, byReference, sites } = figures;
  let y = 8;
  let content = '';
  const add = (draw: (top: number) => { content: string; height: number }) => {
    const { content: drawn, height } = draw(y);
    content += drawn;
    y += height + (height > 0 ? 18 : 0);
  };
  add((top) => rates('False calls a photo, by day', byDay.slice(-MOST), top));
  add((top) => rates('False calls a photo, by lot', byLot.slice(-MOST), top));
  if (byReference.length > 1)
    add((top) => rates('False calls a photo, by reference', byReference.slice(0, MOST), top));
  add((top) =>
    bars(
      'Sites with most false calls',
      sites.slice(0, MOST).map(({ site, falseCalls }) => [site, falseCalls]),
      top,
    ),
  );
  const edge = alone ? 16 : 0;
  const [width, height] = [WIDTH + 2 * edge, y + 2 * edge];
  const size =
    `viewBox="${-edge} ${-edge} ${width} ${height}"` +
    (alone ? ` width="${2 * width}" height="${2 * height}"` : '');
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeHtml(inWords(figures))}" font-family="system-ui, sans-serif" font-size="12">${alone ? ALONE : ''}${content}</svg>${alone ? '\n' : ''}`;
}

/** A row a group: a point for the rate, a line for its interval, and the number of photos behind it. */
function rates(
  title: string,
  groups: readonly [string, Figures][],
  top: number,
): { content: string; height: number } {
  const rows = groups.filter(([, { falseCallsPerPhoto }]) => falseCallsPerPhoto);
  if (rows.length === 0) return { content: '', height: 0 };
  // A rate from three photos must not flatten all others: its line is cut.
  const highest = Math.max(...rows.map(([, { falseCallsPerPhoto: rate }]) => rate!.value));
  const most = niceAbove(Math.max(0.2, 2 * highest));
  const right = RIGHT - 62;
  const x = (value: number) => LEFT + ((right - LEFT) * Math.min(value, most)) / most;
  let content = heading(title, top);
  const first = top + 24;
  const bottom = first + rows.length * ROW;
  for (const tick of [0, most / 2, most]) {
    content += `<path d="M${x(tick)} ${first}V${bottom}" stroke="var(--line)"/>`;
    content += text(String(Number(tick.toPrecision(3))), x(tick), bottom + 14, 'middle', 'var(--soft)');
  }
  for (const [k, [name, { falseCallsPerPhoto }]] of rows.entries()) {
    const { value, low, high, of } = falseCallsPerPhoto!;
    const middle = first + (k + 0.5) * ROW;
    content += text(cut(name), LEFT - 8, middle + 4, 'end', 'var(--ink)');
    content += `<path d="M${x(low)} ${middle}H${x(high)}" stroke="var(--accent)" stroke-width="2" stroke-opacity=".55"/>`;
    content += `<circle cx="${x(value)}" cy="${middle}" r="4" fill="var(--accent)"/>`;
    content += text(`${of} photo${of === 1 ? '' : 's'}`, RIGHT, middle + 4, 'end', 'var(--soft)');
  }
  return { content, height: bottom + 16 - top };
}

function bars(
  title: string,
  rows: readonly (readonly [string, number])[],
  top: number,
): { content: string; height: number } {
  if (rows.length === 0) return { content: '', height: 0 };
  const most = Math.max(...rows.map(([, number]) => number));
  const first = top + 24;
  let content = heading(title, top);
  for (const [k, [name, number]] of rows.entries()) {
    const middle = first + (k + 0.5) * ROW;
    const length = ((RIGHT - 40 - LEFT) * number) / most;
    content += text(cut(name), LEFT - 8, middle + 4, 'end', 'var(--ink)');
    content += `<rect x="${LEFT}" y="${middle - 6}" width="${length}" height="12" rx="2" fill="var(--accent)"/>`;
    content += text(String(number), LEFT + length + 6, middle + 4, 'start', 'var(--ink)');
  }
  return { content, height: rows.length * ROW + 24 };
}

function heading(title: string, top: number): string {
  return `<text x="0" y="${top + 12}" font-weight="600" fill="var(--ink)">${title}</text>`;
}

function text(content: string, x: number, y: number, anchor: string, fill: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${fill}">${escapeHtml(content)}</text>`;
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > 14 ? `${letters.slice(0, 12).join('')}…` : name;
}

/** The next of 1, 2, 5, 10, 20, … and 0.2, 0.5. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value - 1e-12) ?? 10);
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

function inWords({ total, sites }: AllFigures): string {
  const { falseCallsPerPhoto: rate } = total;
  const first = sites[0];
  return [
    rate ? `${rate.value.toFixed(2)} false calls a photo, from ${rate.of} photos` : 'No rate can be told yet',
    first ? `most often at ${first.site}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
