import type { Region, Site } from '../../layout/index.js';
import { escapeHtml } from '../escape.js';
import { classColor, classesOf, EXPECTED, inDrawingOrder, RULE_WORDS, siteLetter } from './browser/marks.js';
import { notKnown } from './lacks.js';
import { heatUri, photoUri } from './pictures.js';
import type { LayoutView } from './view.js';

/** Ground of a board that no photo is known of: solder mask green, dark enough for the marks. */
export const BOARD_COLOR = '#1d4a38';

/**
 * The layout as a picture that any vector program opens: sites and regions over the golden photo, what varies between
 * good boards as a heat map, and below the frame what is not known. Loads nothing.
 */
export async function renderLayoutSvg(view: LayoutView): Promise<string> {
  const { description, golden, variation } = view;
  const { frame, sites, regions, name, outline } = description;
  const { width, height } = frame;
  const unit = Math.max(1, Math.max(width, height) / 1600);
  const ground = golden
    ? `<image width="${width}" height="${height}" href="${await photoUri(golden)}"/>`
    : `<polygon points="${pointsOf(outline.polygon)}" fill="${BOARD_COLOR}"/>`;
  const classes = classesOf(sites);
  const line = 22 * unit;
  const words = [
    ...(variation ? ['Red to yellow: what varies between good boards.'] : []),
    ...notKnown(view).map((sentence) => `Not known: ${sentence}`),
  ];
  const below = words.length > 0 ? (words.length + 1) * line : 0;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${n(height + below)}" viewBox="0 0 ${width} ${n(height + below)}" font-family="system-ui, sans-serif">
<title>Layout of ${escapeHtml(name)}</title>
<desc>F fitted, solid; E empty, dashed; O optional, dotted; ! high risk. Hatched: ignored.</desc>
<defs><pattern id="hatch" width="${n(10 * unit)}" height="${n(10 * unit)}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="${n(10 * unit)}" height="${n(10 * unit)}" fill="#000" fill-opacity=".35"/><rect width="${n(2 * unit)}" height="${n(10 * unit)}" fill="#fff" fill-opacity=".75"/></pattern></defs>
${ground}
${variation ? `<g id="variation"><title>What varies between good boards</title><image width="${n(variation.columns * variation.cell)}" height="${n(variation.rows * variation.cell)}" preserveAspectRatio="none" href="${await heatUri(variation)}"/></g>` : ''}
<g id="regions">
${regions.map((region) => drawRegion(region, unit)).join('\n')}
</g>
<g id="sites" fill="none">
${inDrawingOrder(sites)
  .map((site) => drawSite(site, classes, unit))
  .join('\n')}
</g>
${below > 0 ? drawWords(words, { width, height, below, line }) : ''}
</svg>
`;
}

/** Sentences in a strip below the frame, so that nothing of the board is covered. */
function drawWords(
  words: readonly string[],
  { width, height, below, line }: { width: number; height: number; below: number; line: number },
): string {
  // Letters are about half as wide as they are tall: the longest sentence must fit.
  const longest = Math.max(...words.map(({ length }) => length));
  const size = Math.min(0.65 * line, (1.8 * (width - line)) / longest);
  const texts = words.map(
    (sentence, k) =>
      `<text x="${n(line / 2)}" y="${n(height + (k + 1) * line)}" font-size="${n(size)}">${escapeHtml(sentence)}</text>`,
  );
  return `<g id="not-known" fill="#e8e8e8"><rect y="${height}" width="${width}" height="${n(below)}" fill="#16181b"/>${texts.join('')}</g>`;
}

function drawSite({ id, label, expected, box, risk, part }: Site, classes: string[], unit: number): string {
  const color = classColor(label, classes);
  const { dash, word, letter } = { ...EXPECTED[expected], letter: siteLetter(expected, risk === 'high') };
  const stroke = unit * (risk ? 2.4 : 1.4);
  const title = [id, label ?? 'unknown class', part, word, risk && 'high risk'].filter(Boolean).join(', ');
  const place = `x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}"`;
  const dashes = dash ? ` stroke-dasharray="${scaleDash(dash, unit)}"` : '';
  // As tall as the site has room for: letters that reach over their neighbours name the wrong one.
  const size = Math.min(11 * unit, 0.6 * Math.min(box.width, box.height));
  return (
    `<g><title>${escapeHtml(title)}</title>` +
    `<rect ${place} stroke="#000" stroke-opacity=".65" stroke-width="${n(stroke + 1.6 * unit)}"/>` +
    `<rect ${place} stroke="${color}" stroke-width="${n(stroke)}"${dashes}/>` +
    `<text x="${n(box.x + 0.3 * size)}" y="${n(box.y + 1.15 * size)}" font-size="${n(size)}" font-weight="700" ` +
    `fill="${color}" stroke="#000" stroke-width="${n(0.2 * size)}" paint-order="stroke">${letter}</text></g>`
  );
}

function drawRegion({ id, rule, note, polygon }: Region, unit: number): string {
  const points = pointsOf(polygon);
  const risky = rule === 'high-risk';
  const title = [id, `${RULE_WORDS[rule]} region`, note].filter(Boolean).join(', ');
  return (
    `<g><title>${escapeHtml(title)}</title>` +
    `<polygon points="${points}" fill="${risky ? 'none' : 'url(#hatch)'}" stroke="#000" stroke-opacity=".65" stroke-width="${n(5 * unit)}"/>` +
    `<polygon points="${points}" fill="none" stroke="${risky ? '#ff7a59' : '#fff'}" stroke-width="${n((risky ? 3 : 1.5) * unit)}"/></g>`
  );
}

function pointsOf(polygon: readonly (readonly [number, number])[]): string {
  return polygon.map(([x, y]) => `${n(x)},${n(y)}`).join(' ');
}

function scaleDash(dash: string, unit: number): string {
  return dash
    .split(' ')
    .map((length) => n(Number(length) * unit))
    .join(' ');
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
