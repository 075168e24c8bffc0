import { describe, expect, it } from 'vitest';
import { dbscan } from '../../bench/baselines/dbscan.mjs';
import { frocPicture } from '../../bench/froc/svg.mjs';

describe('frocPicture', () => {
  const curve = {
    name: 'a <b>',
    froc: [
      { falseCallsPerPhoto: 0, found: 0 },
      { falseCallsPerPhoto: 1, found: 0.5 },
      { falseCallsPerPhoto: 100, found: 1 },
    ],
    atDefault: { falseCallsPerPhoto: 1, found: 0.5 },
  };

  it('draws steps on a logarithmic axis', () => {
    const picture: string = frocPicture([curve]);
    // x: 0.1 at 62, 100 at 656, so 1 at a third, 260; y: 0 at 376, 1 at 44, so 0.5 at 210.
    expect(picture).toContain('d="M62.0 376.0L260.0 376.0L260.0 210.0L656.0 210.0L656.0 44.0"');
    expect(picture).toContain('<circle cx="260.0" cy="210.0"');
  });

  it('is well-formed and knows dark pages', () => {
    const picture: string = frocPicture([curve]);
    expect(picture).toContain('a &lt;b>');
    expect(picture).toContain('prefers-color-scheme: dark');
    expect(picture.match(/<text/g)!.length).toBe(picture.match(/<\/text>/g)!.length);
  });
});

describe('dbscan', () => {
  it('joins near pixels, keeps rims and drops stray ones', () => {
    // A row of four pixels with a gap of one, and a pixel alone.
    const on = Uint8Array.from([1, 1, 0, 1, 1, 0, 0, 0, 0, 1]);
    const strength = Float32Array.from(on, (value, k) => value * k);
    const groups = dbscan(on, strength, 10, 1, { reach: 2, neighbours: 3 });
    expect(groups).toEqual([{ box: { x: 0, y: 0, width: 5, height: 1 }, area: 4, mean: 2, peak: 4 }]);
  });
});
