import { basename } from 'node:path';
import { FINDING_KINDS, type Inspection } from '../document/index.js';
import type { Box } from '../geometry/index.js';
import { textCut, textLines, textPath, textWidth } from './strokeFont.js';
import { svgRect } from './svg.js';
import {
  KIND_COLORS,
  KIND_WORDS,
  REASON_WORDS,
  VERDICT_COLORS,
  VERDICT_WORDS,
  verdictSentence,
} from './words.js';

/** Ground of everything in the picture that is not photo, and the colours of letters on it. */
export const GROUND = '#101418';
export const INK = '#e8ecf0';
export const FAINT = '#a3adb7';

/** A strip above the photo, as SVG elements. */
export interface Banner {
  height: number;
  content: string;
}

/** Verdict, what it means, which photo, the notice, and the kinds shown with their colours. Sizes are the picture's without it. */
export function banner(inspection: Inspection, width: number, height: number): Banner {
  const names = `${basename(inspection.photo.path) || 'photo'} against ${inspection.reference.name}`;
  const head = bannerHead(
    { word: VERDICT_WORDS[inspection.verdict], color: VERDICT_COLORS[inspection.verdict] },
    [
      { text: verdictSentence(inspection), color: INK },
      { text: names, color: FAINT, cut: true },
      { text: inspection.notice, color: FAINT },
    ],
    width,
    height,
  );
  const { unit, pad } = head;
  let { content, bottom } = head;
  const legend = drawLegend(inspection, pad, bottom + 0.8 * unit, width - pad, unit);
  if (legend.content) {
    content += legend.content;
    bottom = legend.bottom;
  }
  return { height: Math.ceil(bottom + pad), content };
}

/** A sentence of a banner; `cut` keeps it on one line, with an ellipsis where it is too long. */
interface Sentence {
  text: string;
  color: string;
  cut?: boolean;
}

/**
 * The head of a banner: a word on a plate, and sentences beside it while there is room for one, below it on narrow
 * pictures. Sizes are the picture's without the banner.
 * @returns its drawing, where it ends, and the unit and the margin that the rest of the banner keeps to
 */
export function bannerHead(
  { word, color: plateColor }: { word: string; color: string },
  sentences: readonly Sentence[],
  width: number,
  height: number,
): { content: string; bottom: number; unit: number; pad: number } {
  // Upright pictures are shown smaller: their letters are larger, as long as sentences fit.
  const unit = Math.max(7, width / 190, Math.min(height / 190, width / 110));
  const letter = 0.95 * unit;
  const line = 2 * unit;
  const pad = 1.4 * unit;
  const plate = { x: pad, y: pad, width: textWidth(word, 2 * unit) + 2.4 * unit, height: 4 * unit };
  const beside = pad + plate.width + 1.6 * unit;
  const narrow = width - beside < 45 * letter;
  const left = narrow ? pad : beside;
  const room = width - left - pad;
  const top = narrow ? plate.y + plate.height + unit : pad;
  const lines = sentences.flatMap(({ text, color, cut }) =>
    (cut ? [textCut(text, room, letter)] : textLines(text, room, letter)).map((part) => ({
      text: part,
      color,
    })),
  );
  let content =
    svgRect(plate, { fill: plateColor, radius: unit / 2 }) +
    textPath(word, pad + 1.2 * unit, pad + unit, 2 * unit, '#ffffff');
  for (const [k, { text, color }] of lines.entries()) {
    content += textPath(text, left, top + k * line + 0.3 * unit, letter, color);
  }
  return { content, bottom: Math.max(plate.y + plate.height, top + lines.length * line), unit, pad };
}

/** The kinds that occur, how often, in their colours, and what was not judged; breaks into rows. */
function drawLegend(
  { findings, coverage }: Inspection,
  left: number,
  top: number,
  right: number,
  unit: number,
): { content: string; bottom: number } {
  const letter = 0.85 * unit;
  let content = '';
  let x = left;
  let y = top;
  const add = (text: string, swatch: (box: Box) => string) => {
    const width = 2.3 * unit + textWidth(text, letter);
    if (x > left && x + width > right) {
      x = left;
      y += 1.9 * unit;
    }
    content += swatch({ x: x + unit * 0.15, y, width: 1.2 * unit, height: 0.9 * unit });
    content += textPath(text, x + 2.1 * unit, y + 0.03 * unit, letter, INK);
    x += width + 2 * unit;
  };
  for (const kind of FINDING_KINDS) {
    const number = findings.filter((finding) => finding.kind === kind).length;
    if (number === 0) continue;
    add(`${KIND_WORDS[kind]} ${number}`, (box) =>
      svgRect(box, { stroke: KIND_COLORS[kind], strokeWidth: unit / 4 }),
    );
  }
  const reasons = [...new Set(coverage.notJudged.map(({ reason }) => reason))];
  if (reasons.length > 0) {
    add(`not judged: ${reasons.map((reason) => REASON_WORDS[reason]).join(', ')}`, (box) =>
      svgRect(box, { stroke: INK, strokeWidth: unit / 8, dash: `${unit / 4}` }),
    );
  }
  return { content, bottom: y + unit };
}
