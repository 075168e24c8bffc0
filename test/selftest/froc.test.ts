import { describe, expect, it } from 'vitest';
import { foundShare, froc, isHit, matchFindings, median, pointAt } from '../../src/selftest/froc.js';

const box = (x: number, y: number, width: number, height = width) => ({ x, y, width, height });

describe('isHit', () => {
  const truth = box(100, 100, 10); // grows by 4 px: centres from 96 to 114 count

  it('takes a centre up to 4 px outside a small truth', () => {
    expect(isHit(box(94, 103, 4), truth)).toBe(true); // centre 96
    expect(isHit(box(93, 103, 4), truth)).toBe(false); // centre 95
  });

  it('grows a large truth by 30 % of its longer side', () => {
    const large = box(100, 100, 40, 20); // 12 px
    expect(isHit(box(86, 108, 4), large)).toBe(true); // centre 88
    expect(isHit(box(84, 108, 4), large)).toBe(false); // centre 86
  });

  it('takes a large box by overlap, from IoU 0.2', () => {
    // 40 × 10 over 10 × 10: IoU 0.25, centre 120
    expect(isHit(box(100, 100, 40, 10), truth)).toBe(true);
    // 60 × 10: IoU 1/6, centre 130
    expect(isHit(box(100, 100, 60, 10), truth)).toBe(false);
  });
});

describe('matchFindings', () => {
  it('gives one finding a truth, the strongest first, the rest are strays', () => {
    const record = matchFindings({
      truths: [box(0, 0, 10), box(100, 0, 20)],
      findings: [
        { box: box(1, 0, 10), score: 0.4 },
        { box: box(0, 2, 10), score: 0.9 },
        { box: box(200, 0, 10), score: 0.5 },
      ],
    });
    expect(record.hits).toEqual([
      { score: 0.9, longSidePx: 10, centerErrorPx: 2 },
      { score: null, longSidePx: 20, centerErrorPx: null },
    ]);
    expect(record.strays).toEqual([0.5, 0.4]);
  });

  it('leaves out what falls on an ignored place', () => {
    const record = matchFindings({
      truths: [box(0, 0, 10)],
      findings: [
        { box: box(30, 0, 10), score: 0.8 },
        { box: box(60, 0, 10), score: 0.7 },
      ],
      ignored: [box(32, 0, 10)],
    });
    expect(record.strays).toEqual([0.7]);
  });

  it('gives a finding to the nearer of two truths', () => {
    const record = matchFindings({
      truths: [box(0, 0, 10), box(8, 0, 10)],
      findings: [{ box: box(6, 0, 10), score: 1 }], // centre 11; the truths' centres are 5 and 13
    });
    expect(record.hits.map((hit) => hit.centerErrorPx)).toEqual([null, 2]);
  });
});

describe('froc', () => {
  // 4 truths, 2 photos, false calls at 0.8, 0.5, 0.5, 0.1
  const points = froc([0.9, 0.6, 0.4, null], [0.8, 0.5, 0.5, 0.1], 2);

  it('walks from the strictest threshold to the loosest', () => {
    expect(points).toEqual([
      { threshold: Infinity, falseCallsPerPhoto: 0, found: 0 },
      { threshold: 0.9, falseCallsPerPhoto: 0, found: 0.25 },
      { threshold: 0.8, falseCallsPerPhoto: 0.5, found: 0.25 },
      { threshold: 0.6, falseCallsPerPhoto: 0.5, found: 0.5 },
      { threshold: 0.5, falseCallsPerPhoto: 1.5, found: 0.5 },
      { threshold: 0.4, falseCallsPerPhoto: 1.5, found: 0.75 },
      { threshold: 0.1, falseCallsPerPhoto: 2, found: 0.75 },
    ]);
  });

  it('reads the loosest point within a number of false calls', () => {
    expect(pointAt(points, 0.5)).toMatchObject({ threshold: 0.6, found: 0.5 });
    expect(pointAt(points, 1)).toMatchObject({ threshold: 0.6, found: 0.5 });
    expect(pointAt(points, 2)).toMatchObject({ threshold: 0.1, found: 0.75 });
    expect(pointAt(points, 0)).toMatchObject({ threshold: 0.9, found: 0.25 });
  });

  it('says what it expects', () => {
    expect(() => froc([], [], 0)).toThrow('froc: expected at least 1 photo, got 0');
  });
});

describe('foundShare and median', () => {
  it('counts scores at the threshold as found', () => {
    expect(foundShare([0.9, 0.5, 0.2, null], 0.5)).toBe(0.5);
    expect(foundShare([], 0.5)).toBeNull();
  });
  it('takes the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNull();
  });
});
