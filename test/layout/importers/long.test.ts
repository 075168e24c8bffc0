import { expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { importLayout } from '../../../src/layout/importers/index.js';

/** Whatever is refused is refused soon: a pattern that starts over at every character would take minutes for these. */
const HANG_MS = 20_000;

const HEAD = 'Ref,Val,Package,PosX,PosY,Rot,Side\n';

it.each([
  ['empty lines', '\n'.repeat(300_000)],
  ['old empty lines', '\r'.repeat(300_000)],
  ['empty lines before a table', `${'\n'.repeat(300_000)}${HEAD}`],
  ['blanks', ' '.repeat(2_000_000)],
  ['quoted blanks in a table', `${HEAD}${`C1,a,b,1,2,"${' '.repeat(15_000)}x",top\n`.repeat(300)}`],
  ['units without end', `${`${'unit '.repeat(3000)}\n`.repeat(150)}${HEAD}C1,a,b,1,2,3,top\n`],
  ['open lists', `(kicad_pcb ${'('.repeat(1_000_000)}`],
  ['open tags', `<IPC-2581 revision="C">${'<a>'.repeat(300_000)}`],
  ['declarations', `<!DOCTYPE html><html>${'var pcbdata '.repeat(200_000)}`],
])(
  'does not stumble over %s',
  (_, text) => {
    try {
      importLayout({ name: 'long.txt', bytes: Buffer.from(text) });
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
    }
  },
  HANG_MS,
);
