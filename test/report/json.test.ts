import { expect, test } from 'vitest';
import { inspectionSchema, NOTICE } from '../../src/document/index.js';
import { renderJson } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, fakeRefusal } from './fakeInspection.js';

test('two-space JSON with a newline at the end, and it reads back as the same document', () => {
  const inspection = fakeInspection([fakeFinding('F1', { x: 1, y: 2, width: 3, height: 4 })]);
  const text = renderJson(inspection);
  expect(text.startsWith('{\n  "schemaVersion": 1,\n')).toBe(true);
  expect(text.endsWith('}\n')).toBe(true);
  expect(inspectionSchema.parse(JSON.parse(text))).toEqual(inspection);
});

test('verdict and notice are in it, for a refusal too', () => {
  const parsed = JSON.parse(renderJson(fakeRefusal()));
  expect(parsed).toMatchObject({
    verdict: 'not-judged',
    notice: NOTICE,
    registration: { status: 'refused' },
  });
});
