import { expect, it } from 'vitest';
import { agree } from '../../src/layout/index.js';

const part = (x: number, score: number, label = 'resistor') => ({
  box: { x, y: 0, width: 10, height: 10 },
  score,
  label,
});

it('takes the mean of what boards show at one place, and the label most of them give', () => {
  const parts = agree([[part(0, 0.9)], [part(2, 0.5, 'diode')], [part(1, 0.4)]], 0.6, 0.5);
  expect(parts).toEqual([
    { box: { x: 1, y: 0, width: 10, height: 10 }, score: expect.closeTo(0.6), label: 'resistor', boards: 3 },
  ]);
});

it('leaves out what few boards show, and what no board shows clearly', () => {
  expect(agree([[part(0, 0.9)], [], []], 0.6, 0.5)).toEqual([]);
  expect(agree([[part(0, 0.5)], [part(0, 0.5)]], 0.6, 0.5)).toEqual([]);
});

it('counts a board once a part', () => {
  const parts = agree([[part(0, 0.9), part(1, 0.8)], []], 0.6, 1);
  expect(parts).toEqual([]);
});
