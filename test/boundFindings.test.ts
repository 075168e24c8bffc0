import { expect, it } from 'vitest';
import { boundFindings } from '../src/boundFindings.js';
import { NOTICE } from '../src/document/index.js';

const finding = (k: number) => ({
  kind: 'missing-part' as const,
  score: 1 - k / 1e6,
  label: null,
  site: `S${k}`,
  box: { x: 0, y: 0, width: 1, height: 1 },
  explanation: 'It is gone.',
});

it('leaves a thousand findings as they are', () => {
  const all = Array.from({ length: 1000 }, (_, k) => finding(k));
  expect(boundFindings(all, NOTICE)).toEqual({ kept: all, notice: NOTICE });
});

it('keeps the strongest of more, and the notice says how many there were', () => {
  const { kept, notice } = boundFindings(
    Array.from({ length: 20_000 }, (_, k) => finding(k)),
    NOTICE,
  );
  expect(kept.map(({ site }) => site).slice(-1)).toEqual(['S999']);
  expect(notice).toBe(
    `${NOTICE} Only the 1000 strongest findings are listed: 19000 weaker ones were left out.`,
  );
});
