import { describe, expect, it } from 'vitest';
import { type Nearest, nearestTwo, packDescriptors } from '../../src/register/nearestTwo.js';

function nearest(query: Uint8Array, among: Uint8Array, bytesEach: number, which = 0): Nearest {
  const result: Nearest = { index: -1, distance: 0, second: 0 };
  nearestTwo(packDescriptors(query, bytesEach), which, packDescriptors(among, bytesEach), result);
  return result;
}

function bitsBetween(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, k) => sum + (value ^ b[k]!).toString(2).replaceAll('0', '').length, 0);
}

describe('two nearest descriptors', () => {
  it('counts differing bits in every byte', () => {
    const among = new Uint8Array(3 * 5);
    among.set([0xff, 0, 0, 0, 0x01], 0);
    among.set([0, 0x07, 0, 0, 0], 5);
    among.set([0xff, 0xff, 0xff, 0xff, 0xff], 10);
    expect(nearest(new Uint8Array(5), among, 5)).toEqual({ index: 1, distance: 3, second: 9 });
    expect(nearest(Uint8Array.of(255, 255, 255, 255, 255), among, 5)).toEqual({
      index: 2,
      distance: 0,
      second: 31,
    });
  });

  it('has no second among one, and none at all among none', () => {
    expect(nearest(new Uint8Array(32), new Uint8Array(32), 32)).toEqual({
      index: 0,
      distance: 0,
      second: Infinity,
    });
    expect(nearest(new Uint8Array(32), new Uint8Array(0), 32)).toMatchObject({
      index: -1,
      distance: Infinity,
    });
  });

  it.each([32, 61])('finds what comparing all of %i bytes finds', (bytesEach) => {
    let seed = 7;
    const random = (count: number) =>
      Uint8Array.from({ length: count }, () => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return seed >> 16;
      });
    const among = random(50 * bytesEach);
    const query = random(8 * bytesEach);
    for (let k = 0; k < 8; k++) {
      const asked = query.subarray(k * bytesEach, (k + 1) * bytesEach);
      const distances = Array.from({ length: 50 }, (_, j) =>
        bitsBetween(asked, among.subarray(j * bytesEach, (j + 1) * bytesEach)),
      );
      const [first, second] = [...distances].sort((a, b) => a - b);
      expect(nearest(query, among, bytesEach, k)).toEqual({
        index: distances.indexOf(first!),
        distance: first,
        second,
      });
    }
  });
});
