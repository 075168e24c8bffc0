import { expect, it } from 'vitest';
import { DescriptorVotes } from '../../src/register/descriptorVotes.js';

let state = 1;
const random = () => {
  state = (state * 16807) % 2147483647;
  return state / 2147483647;
};
const descriptors = (count: number) =>
  Uint8Array.from({ length: 32 * count }, () => Math.floor(256 * random()));

/** The same spots seen again: each bit differs with this chance. */
function seenAgain(bytes: Uint8Array, chance: number): Uint8Array {
  return bytes.map((byte) => {
    let flips = 0;
    for (let bit = 0; bit < 8; bit++) if (random() < chance) flips |= 1 << bit;
    return byte ^ flips;
  });
}

it('finds the board whose spots are seen again among many, although a sixth of all bits differ', () => {
  const boards = Array.from({ length: 50 }, () => descriptors(40));
  const votes = new DescriptorVotes(boards);
  for (const board of [0, 17, 49]) {
    const photo = new Uint8Array([...descriptors(60), ...seenAgain(boards[board]!, 0.15)]);
    const counted = votes.count(photo);
    expect(counted.indexOf(Math.max(...counted))).toBe(board);
    // Most of its spots are found; chance brings hardly any of the others.
    expect(counted[board]).toBeGreaterThan(28);
    expect(Math.max(...counted.filter((_, k) => k !== board))).toBeLessThan(3);
  }
});

it('shares the vote of a spot that many boards have', () => {
  const common = descriptors(1);
  const own = descriptors(1);
  const votes = new DescriptorVotes([common, common, new Uint8Array([...common, ...own])]);
  expect([...votes.count(common)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect([...votes.count(own)]).toEqual([0, 0, 1]);
});

it('counts nothing where there is nothing', () => {
  expect([...new DescriptorVotes([new Uint8Array(0), descriptors(2)]).count(new Uint8Array(0))]).toEqual([
    0, 0,
  ]);
  expect([...new DescriptorVotes([]).count(descriptors(3))]).toEqual([]);
});
