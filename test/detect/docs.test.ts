import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changeContractSchema } from '../../src/detect/changeContract.js';
import { contractSchema, detectContractSchema } from '../../src/detect/contract.js';

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1]!));

test('the examples in docs/models.md are valid contracts', () => {
  expect(examples).toHaveLength(2);
  for (const example of examples) expect(contractSchema.safeParse(example).error).toBeUndefined();
  const golden = JSON.parse(/```json golden\n([\s\S]*?)```/.exec(page)![1]!);
  expect(contractSchema.safeParse({ ...examples[0], golden }).error).toBeUndefined();
});

test('docs/models.md has every field of the contract', () => {
  const { shape } = detectContractSchema;
  const outputs = shape.output.options.flatMap((option) => Object.keys(option.shape));
  const fields = [
    ...Object.keys(shape).filter((key) => !['input', 'output', 'thresholds'].includes(key)),
    ...Object.keys(shape.input.shape).map((key) => `input.${key}`),
    ...outputs.map((key) => `output.${key}`),
    ...Object.keys(shape.thresholds.shape).map((key) => `thresholds.${key}`),
  ];
  expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
});

test('docs/models.md has every field of the change model’s contract', () => {
  const { shape } = changeContractSchema;
  const own = page.slice(page.indexOf('## The change model'));
  const fields = [
    ...Object.keys(shape.decision.shape).map((key) => `decision.${key}`),
    ...Object.keys(shape.output.shape).map((key) => `output.${key}`),
    'input.names',
    'golden',
  ];
  expect(fields.filter((field) => !own.includes(`\`${field}\``))).toEqual([]);
  const golden = JSON.parse(/```json change-golden\n([\s\S]*?)```/.exec(page)![1]!);
  expect(shape.golden.safeParse(golden).error).toBeUndefined();
});
