import pc from 'picocolors';
import { expect, it } from 'vitest';
import { forTerminal } from '../../src/report/terminal.js';

it('lets through what boardiff itself sends', () => {
  const c = pc.createColors(true);
  const own = `${c.bold(c.red('a'))} ${c.dim('b')}\n${c.green('c')}${c.yellow('d')}${c.blue('e')}${c.magenta('f')}${c.cyan('g')}\n\r\x1b[K1 of 2`;
  expect(forTerminal(own)).toBe(own);
});

it.each([
  ['a title', '\x1b]0;owned\x07', '␛]0;owned␇'],
  ['hidden text', '\x1b[8mx', '␛[8mx'],
  ['a cleared screen', '\x1b[2J\x1b[H', '␛[2J␛[H'],
  ['colours beyond ours', '\x1b[38;5;1mx', '␛[38;5;1mx'],
  ['an overwritten line', 'bad\rgood', 'bad␍good'],
  ['escapes of eight bits', '\x9b31m\x90', '<U+009B>31m<U+0090>'],
  ['text that runs backwards', '\u202egpj.exe', '<U+202E>gpj.exe'],
  ['backspaces and tabs', 'a\b\tb', 'a␈␉b'],
])('shows %s', (_, text, shown) => {
  expect(forTerminal(text)).toBe(shown);
});
