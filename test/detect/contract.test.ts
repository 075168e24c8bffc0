import { expect, test } from 'vitest';
import { contractSchema } from '../../src/detect/contract.js';
import { fakeContract } from './fakes.js';

const problem = (change: object) =>
  contractSchema.safeParse({ ...fakeContract(), ...change }).error?.issues[0]?.message;

test('what may be left out has the value that goes without saying', () => {
  expect(fakeContract().input).toMatchObject({ multipleOf: 32, scales: [1], pad: 0 });
  expect(fakeContract().output).toMatchObject({
    decoded: true,
    objectness: true,
    boxUnit: 'pixel',
    strides: [8, 16, 32],
  });
  const detr = fakeContract({}, { decoder: 'detr' }).output;
  expect(detr).toMatchObject({
    objectness: false,
    boxUnit: 'normalised',
    boxFormat: 'cxcywh',
    activation: 'none',
  });
});

test('tasks that there are not are refused by name, and one task’s fields do not pass for another’s', () => {
  const issue = (task: string) => contractSchema.safeParse({ ...fakeContract(), task }).error?.issues[0];
  expect(issue('segment')).toMatchObject({ path: ['task'] });
  expect(issue('change')).toMatchObject({ path: ['input', 'names'] });
});

test('overlap, multipleOf, thresholds and file names that cannot be', () => {
  const { input, thresholds } = fakeContract();
  expect(problem({ input: { ...input, overlap: 40 } })).toBe(
    'expected "overlap" to be at most half of "tile"',
  );
  expect(problem({ input: { ...input, multipleOf: 128 } })).toBe(
    'expected "multipleOf" to be no larger than "tile"',
  );
  expect(problem({ thresholds: { ...thresholds, weak: 0.5 } })).toBe(
    'expected "weak" to be no higher than "score"',
  );
  expect(problem({ file: '../other.onnx' })).toBe('expected the name of the .onnx file beside this contract');
});

test('an output of DETR has a name, or two', () => {
  const detr = (output: object) => problem({ output: { decoder: 'detr', ...output } });
  expect(detr({ name: 'output0' })).toBeUndefined();
  expect(detr({ boxesName: 'pred_boxes', scoresName: 'logits' })).toBeUndefined();
  expect(detr({})).toBe('expected "name", or "boxesName" and "scoresName"');
  expect(detr({ boxesName: 'pred_boxes' })).toBe('expected "scoresName" beside "boxesName"');
});
