import type { Lack } from '../../layout/index.js';
import type { LayoutView } from './view.js';

/** What a source does not give, and what follows from it. */
const LACK_WORDS: Record<Lack, string> = {
  outline: 'The outline of the board: the whole frame counts as board.',
  'body-size': 'The sizes of the parts: boxes are estimates.',
  side: 'Which side of the board this is.',
  scale: 'The scale: sizes are in pixels, not in millimetres.',
  labels: 'The classes of the parts.',
  rotation: 'How the parts are turned.',
  'golden-board': 'Which board is good: it was learnt from a batch, to compare its boards with each other.',
  'do-not-populate': 'Which sites stay empty by design: every listed part counts as fitted.',
};

/** What this layout does not say, in sentences. */
export function notKnown({ description, golden, variation }: LayoutView): string[] {
  const { source, frame, outline } = description;
  const lacks = new Set<Lack>(source.lacks);
  if (frame.mmPerPixel === null) lacks.add('scale');
  if (!outline.found) lacks.add('outline');
  const words = [...lacks].map((lack) => LACK_WORDS[lack]);
  if (!golden) words.push('What the board looks like: no photo was fitted to this layout yet.');
  else if (!variation && !lacks.has('golden-board'))
    words.push('How much good boards differ: it was learnt from one.');
  return words;
}
