import { basename } from 'node:path';
import type { Selftest } from '../document/index.js';
import type { Box } from '../geometry/index.js';
import { type Banner, bannerHead, FAINT, INK } from './banner.js';
import { FOUND_COLOR, MISSED_COLOR, ring } from './selftestRing.js';
import { selftestSentence, simulationSentence, uneditedSentence } from './selftestWords.js';
import { textPath, textWidth } from './strokeFont.js';
import { svgRect } from './svg.js';

const PLATE = '#35506b';

/** What the self-test says, which photo, the notice, found by size as bars, and the legend. */
export function selftestBanner(selftest: Selftest, width: number, height: number): Banner {
  const { photo, reference, simulated, notice } = selftest;
  const name = simulated ? 'simulated second shot' : basename(photo.path) || 'photo';
  const simulation = simulationSentence(selftest);
  const head = bannerHead(
    { word: 'SELF-TEST', color: PLATE },
    [
      { text: selftestSentence(selftest), color: INK },
      { text: uneditedSentence(selftest), color: INK },
      { text: `${name} against ${reference.name}`, color: FAINT, cut: true },
      ...(simulation ? [{ text: simulation, color: FAINT }] : []),
      { text: notice, color: FAINT },
    ],
    width,
    height,
  );
  const { unit, pad } = head;
  let { content, bottom } = head;
  for (const draw of [drawSizes, drawLegend]) {
    const block = draw(selftest, pad, bottom + 0.9 * unit, width - pad, unit);
    content += block.content;
    bottom = block.bottom;
  }
  return { height: Math.ceil(bottom + pad), content };
}

interface Block {
  content: string;
  bottom: number;
}

/** For each size a bar of what was found, with the numbers beside it; breaks into rows. */
function drawSizes({ sizes }: Selftest, left: number, top: number, right: number, unit: number): Block {
  if (sizes.length === 0) return { content: '', bottom: top - 0.9 * unit };
  const letter = 0.85 * unit;
  const cells = sizes.map(({ longSidePx, planted, found }) => ({
    text: `${longSidePx} px ${found}/${planted}`,
    share: planted === 0 ? 0 : found / planted,
  }));
  const cell = Math.max(...cells.map(({ text }) => textWidth(text, letter))) + 2.2 * unit;
  const columns = Math.max(1, Math.min(cells.length, Math.floor((right - left + 2.2 * unit) / cell)));
  const stretch = Math.min(1.35, (right - left) / (columns * cell));
  let content = '';
  for (const [k, { text, share }] of cells.entries()) {
    const x = left + (k % columns) * cell * stretch;
    const y = top + Math.floor(k / columns) * 3.2 * unit;
    const bar: Box = { x, y: y + 1.3 * unit, width: cell * stretch - 1.6 * unit, height: 0.7 * unit };
    content += textPath(text, x, y, letter, INK);
    content += svgRect(bar, { fill: MISSED_COLOR, radius: unit / 6 });
    if (share > 0)
      content += svgRect({ ...bar, width: share * bar.width }, { fill: FOUND_COLOR, radius: unit / 6 });
  }
  return { content, bottom: top + Math.ceil(cells.length / columns) * 3.2 * unit - 0.7 * unit };
}

/** What the marks mean, and how many there are; breaks into rows. */
function drawLegend(selftest: Selftest, left: number, top: number, right: number, unit: number): Block {
  const { planted, found, unedited } = selftest;
  const letter = 0.85 * unit;
  let content = '';
  let x = left;
  let y = top + 0.3 * unit;
  const add = (text: string, swatch: (box: Box) => string) => {
    const width = 2.7 * unit + textWidth(text, letter);
    if (x > left && x + width > right) {
      x = left;
      y += 2.2 * unit;
    }
    content += swatch({ x: x + 0.4 * unit, y: y - 0.2 * unit, width: 1.3 * unit, height: 1.3 * unit });
    content += textPath(text, x + 2.7 * unit, y + 0.03 * unit, letter, INK);
    x += width + 2 * unit;
  };
  if (planted > 0) {
    add(`found ${found}`, (box) => ring(box, true, unit / 8));
    add(`missed ${planted - found}`, (box) => ring(box, false, unit / 8));
  }
  if (unedited.findings.length > 0) {
    add(`on the unedited photo ${unedited.findings.length}`, (box) =>
      svgRect(box, { stroke: INK, strokeWidth: unit / 6, dash: `${unit / 2.5} ${unit / 5}` }),
    );
  }
  if (content === '') return { content, bottom: top - 0.9 * unit };
  add('numbers: longer side, px of the reference', () => '');
  return { content, bottom: y + 1.4 * unit };
}
