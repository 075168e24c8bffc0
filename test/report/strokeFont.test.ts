import { expect, test } from 'vitest';
import { textCut, textLines, textPath, textWidth } from '../../src/report/strokeFont.js';

const strokes = (text: string) => textPath(text, 0, 0, 60, '#fff').match(/ d="([^"]*)"/)![1];

test('letters are capitals without accents; what the font lacks is a box', () => {
  expect(strokes('é')).toBe(strokes('E'));
  expect(strokes('板')).toBe('M0.0 60.0L40.0 60.0L40.0 0.0L0.0 0.0L0.0 60.0');
  expect(strokes(' ')).toBe('');
});

test('the width counts what is drawn', () => {
  expect(textWidth('AB', 60)).toBe(100);
  expect(textWidth('ß', 60)).toBe(textWidth('SS', 60));
  expect(textWidth('e\u0301', 60)).toBe(textWidth('E', 60));
});

test('breaking and cutting keep to the room', () => {
  expect(textLines('one two three', textWidth('one two', 10), 10)).toEqual(['one two', 'three']);
  const cut = textCut('a-very-long-name.jpg', 80, 10);
  expect(cut).toMatch(/^A-VERY.*…$/);
  expect(textWidth(cut, 10)).toBeLessThanOrEqual(80);
});
