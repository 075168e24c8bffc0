import { expect, it } from 'vitest';
import { expectedFalseCalls, levelOfPhoto, scoreOf } from '../../src/compare/decision.js';

const decision = { level: 2, noise: 0.5, spread: 0.5 };
const region = (peak: number) => ({
  box: { x: 0, y: 0, width: 4, height: 4 },
  added: peak,
  removed: -9,
  peak,
});
const noisy = (peak: number, count = 30) => Array.from({ length: count }, () => region(peak));

it('rises with the noise of the photo, within limits', () => {
  expect(levelOfPhoto(noisy(1), decision)).toBe(2.5);
  expect(levelOfPhoto(noisy(-1), decision)).toBe(1.5);
  expect(levelOfPhoto(noisy(-5), decision)).toBe(1);
  expect(levelOfPhoto(noisy(1, 9), decision)).toBe(1);
  expect(levelOfPhoto([], decision)).toBe(1);
});

it('does not take real differences for noise', () => {
  const differences = noisy(6, 12);
  expect(levelOfPhoto([...differences, ...noisy(0)], decision)).toBe(2);
});

it('counts e times fewer false calls a spread above the level, and scores a half at one', () => {
  expect(expectedFalseCalls(2, 2, 0.5)).toBe(1);
  expect(expectedFalseCalls(2.5, 2, 0.5)).toBeCloseTo(Math.exp(-1));
  expect(scoreOf(1)).toBe(0.5);
  expect(scoreOf(1 / 9)).toBeCloseTo(0.9);
});
