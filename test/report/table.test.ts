import { expect, test } from 'vitest';
import { NOTICE } from '../../src/document/index.js';
import { renderTable } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, fakeRefusal } from './fakeInspection.js';

const findings = [
  fakeFinding('F1', { x: 739, y: 257, width: 26, height: 18 }),
  fakeFinding(
    'F12',
    { x: 358, y: 193, width: 107, height: 83 },
    {
      kind: 'missing-part',
      score: 0.88,
      site: 'U14',
      explanation: 'The reference has an IC at U14; in the photo it is not there.',
    },
  ),
  fakeFinding('F13', null, {
    kind: 'unexplained-change',
    score: 0.5,
    label: null,
    explanation: 'The surface differs from the reference here, and no known part explains it: look closely.',
  }),
];

test('a board with findings, 100 columns', () => {
  expect(renderTable(fakeInspection(findings), { color: false, width: 100 })).toBe(
    `DIFFERS  board-17.jpg against larkspur-m1 top
3 findings; 96 % of the board could be judged.
Look at the board itself at F1 first, then at the others in order.

F1   unexpected part     0.93  ic      at 739, 257 px, 26 × 18 px
     There is what looks like an IC here; the reference shows bare board.
F12  missing part        0.88  ic U14  at 358, 193 px, 107 × 83 px
     The reference has an IC at U14; in the photo it is not there.
F13  unexplained change  0.50          outside the photo
     The surface differs from the reference here, and no known part explains it: look closely.

Registration: 412 points agree within 0.42 px.
Coverage: 96 % of the board.
Parts below about 0.7 mm would not be seen.
Sites: 1 match, 0 differ, 1 not judged.
Not judged: 1 place: 1 washed out.
Tilt the lamp: the area around U3 has glare.
Visual comparison aid: it compares what a camera can see and does not by itself verify hardware
integrity.
`,
  );
});

test('a refusal says why and what to do', () => {
  expect(renderTable(fakeRefusal(), { color: false, width: 80 })).toBe(
    `NOT JUDGED  board-17.jpg against larkspur-m1 top
This photo was not compared: only 9 points of the photo agree with the
reference, at least 25 are needed.
Take the photo again: the same side of the same board, sharp, evenly lit, as
large in the frame as fits.

Registration refused; 9 points agreed with the reference.
Visual comparison aid: it compares what a camera can see and does not by itself
verify hardware integrity.
`,
  );
});

test.each([40, 60, 79, 80, 120, 0, 500])('%i columns: no line is longer', (width) => {
  const limit = Math.max(40, Math.min(width || 80, 120));
  const inspection = fakeInspection([
    ...findings,
    fakeFinding('F14', { x: 1, y: 2, width: 3, height: 4 }, { label: 'x'.repeat(300) }),
  ]);
  inspection.photo.path = `${'long-name-'.repeat(30)}.jpg`;
  for (const line of renderTable(inspection, { color: false, width }).split('\n')) {
    expect(line.length, line).toBeLessThanOrEqual(limit);
  }
});

test('the notice and the verdict are always there', () => {
  for (const inspection of [fakeInspection([]), fakeInspection(findings), fakeRefusal()]) {
    const text = renderTable(inspection, { color: false, width: 120 }).replaceAll('\n', ' ');
    expect(text).toContain(NOTICE);
    expect(text).toMatch(/^(MATCHES|DIFFERS|NOT JUDGED) /);
  }
});

test('control characters are shown, not sent', () => {
  const hostile = '\u001b[2J\u0007\u009b31m\u202e\n';
  const inspection = fakeInspection([
    fakeFinding(
      'F1',
      { x: 1, y: 2, width: 3, height: 4 },
      { label: hostile, site: hostile, explanation: hostile },
    ),
  ]);
  inspection.photo.path = `dir/${hostile}.jpg`;
  inspection.reference.name = hostile;
  const text = renderTable(inspection, { color: false, width: 100 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(text).toContain('␛[2J␇<U+009B>31m<U+202E>␊');
  const refused = fakeRefusal();
  refused.registration.reason = hostile;
  expect(renderTable(refused, { color: false, width: 100 })).not.toContain('\u001b');
});

test('colour adds escapes and changes nothing else', () => {
  const inspection = fakeInspection(findings);
  const colored = renderTable(inspection, { color: true, width: 100 });
  expect(colored).toContain('\u001b[31mDIFFERS');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour escapes
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderTable(inspection, { color: false, width: 100 }));
});
