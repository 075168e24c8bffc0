import { expect, test } from 'vitest';
import { escapeHtml, showControls } from '../../src/report/escape.js';
import {
  nextStep,
  smallestPart,
  VERDICT_COLORS,
  verdictSentence,
  wholePercent,
} from '../../src/report/words.js';
import { fakeFinding, fakeInspection, fakeRefusal } from './fakeInspection.js';

const box = { x: 1, y: 2, width: 3, height: 4 };

test('what a verdict means, in words', () => {
  expect(verdictSentence(fakeInspection([]))).toBe(
    'No difference from the reference found; 96 % of the board could be judged.',
  );
  expect(verdictSentence(fakeInspection([fakeFinding('F1', box)]))).toBe(
    '1 finding; 96 % of the board could be judged.',
  );
  const little = fakeInspection([], 640, 400, { verdict: 'not-judged' });
  little.coverage.judgedFraction = 0.31;
  expect(verdictSentence(little)).toBe(
    'No difference found in what could be seen, but only 31 % of the board could be judged.',
  );
});

test('a reason that ends in a full stop, and a missing one, make one sentence', () => {
  const refused = fakeRefusal();
  refused.registration.reason = 'too blurred.';
  expect(verdictSentence(refused)).toBe('This photo was not compared: too blurred.');
  refused.registration.reason = null;
  expect(verdictSentence(refused)).toBe(
    'This photo was not compared: it could not be lined up with the reference.',
  );
});

test('the next step for every verdict, and for a difference without findings', () => {
  expect(nextStep(fakeInspection([fakeFinding('F1', box)]))).toBe('Look at the board itself at F1.');
  expect(nextStep(fakeInspection([fakeFinding('F1', box), fakeFinding('F2', box)]))).toContain('F1 first');
  expect(nextStep(fakeInspection([]))).toContain('No place asks for a second look');
  expect(nextStep(fakeInspection([], 9, 9, { verdict: 'differs' }))).toContain('beside the reference');
  expect(nextStep(fakeInspection([], 9, 9, { verdict: 'not-judged' }))).toContain('Take another photo');
  expect(nextStep(fakeRefusal())).toContain('Take the photo again');
});

test('percent rounds down, so that 100 % means all of it', () => {
  expect([0, 0.58, 0.999, 1].map(wholePercent)).toEqual(['0 %', '58 %', '99 %', '100 %']);
});

test('the smallest part in millimetres where they are known', () => {
  const inspection = fakeInspection([]);
  expect(smallestPart(inspection)).toBe('0.7 mm');
  inspection.coverage.smallestVisiblePartMm = null;
  expect(smallestPart(inspection)).toBe('14 px of the reference');
  inspection.coverage.smallestVisiblePartPx = null;
  expect(smallestPart(inspection)).toBe(null);
});

test('white letters on a verdict plate have a contrast of 4.5 or more', () => {
  for (const color of Object.values(VERDICT_COLORS)) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    // WCAG 2.2, relative luminance.
    const luminance = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    expect(1.05 / (luminance + 0.05)).toBeGreaterThan(4.5);
  }
});

test('control and hidden characters are shown', () => {
  expect(showControls('a\u0000\u001b\u007f\u0085\u200d\u2028\u{e0041}\ud800é×')).toBe(
    'a␀␛␡<U+0085><U+200D><U+2028><U+E0041><U+D800>é×',
  );
  expect(escapeHtml(`<a href="x" title='y'>&\u202e`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;U+202E&gt;',
  );
});

test('a board that matches but for what was accepted says so', () => {
  const { id: _, ...accepted } = fakeFinding('F1', box);
  const rules = [{ id: 'T1', rule: 'tolerance' as const, note: 'known', silenced: [accepted] }];
  expect(verdictSentence(fakeInspection([], 640, 400, { rules }))).toBe(
    'No difference from the reference but 1 difference accepted for a time; 96 % of the board could be judged.',
  );
});
