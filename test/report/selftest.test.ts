import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { selftestSchema } from '../../src/document/index.js';
import { renderSelftestPicture, renderSelftestTable } from '../../src/report/index.js';
import { fakeFinding, texture } from './fakeInspection.js';
import { fakeSelftest } from './fakeSelftest.js';

const plain = { color: false, width: 100 };
/** Sentences as they read without line breaks. */
const read = (text: string) => text.replace(/\s+/g, ' ');

describe('the table', () => {
  it('says what was found by size, the smallest part, false calls and refusals', () => {
    const text = renderSelftestTable(fakeSelftest(), plain);
    expect(text).toMatch(/8 px\s+2\s+1\s+●○/);
    expect(text).toMatch(/20 px\s+2\s+2\s+●●/);
    expect(read(text)).toContain(
      'at 1 false call a photo: 20 px of the reference; of parts from that size on',
    );
    expect(read(text)).toContain('False calls on the unedited photo: none.');
    expect(read(text)).toContain('Refused: 0 of 1 edited photo.');
    expect(read(text)).toContain('the middle one 0.8 px off centre');
    expect(read(text)).toContain('does not by itself verify hardware integrity');
    expect(text).not.toContain('mm');
  });

  it('gives millimetres where the reference knows them', () => {
    const fake = fakeSelftest();
    const text = renderSelftestTable({ ...fake, reference: { ...fake.reference, mmPerPixel: 0.05 } }, plain);
    expect(text).toMatch(/20 px\s+1\.0\s+2\s+2/);
    expect(read(text)).toContain('20 px of the reference (1.0 mm)');
  });

  it('says so when no size can be relied on, when nothing was planted, and when the photo is simulated', () => {
    const none = read(renderSelftestTable(fakeSelftest({ smallestShownPartPx: null }), plain));
    expect(none).toContain('No planted size, up to 20 px of the reference, was found often enough');
    const empty = fakeSelftest({ plants: [], sizes: [], planted: 0, found: 0, smallestShownPartPx: null });
    expect(renderSelftestTable(empty, plain)).toContain('no free place');
    const registration = { ...empty.registration, status: 'refused' as const, reason: 'the photo is blank' };
    const refused = renderSelftestTable({ ...empty, registration }, plain);
    expect(refused).toContain('Nothing was planted: the photo is blank.');
    expect(refused).not.toContain('False calls');
    expect(renderSelftestTable(fakeSelftest({ simulated: true }), plain)).toContain('--photo');
  });

  it('does not call findings false: that depends on the board', () => {
    const findings = [fakeFinding('F1', { x: 10, y: 10, width: 20, height: 20 })];
    const text = renderSelftestTable(
      fakeSelftest({ unedited: { findings, smallestVisiblePartPx: 12 } }),
      plain,
    );
    expect(read(text)).toContain(
      'Findings on the unedited photo: 1. They are false calls only if its board is good',
    );
  });

  it('says whether what inspect states about the smallest visible part holds', () => {
    const text = read(renderSelftestTable(fakeSelftest(), plain));
    expect(text).toContain('inspect states 12 px of the reference');
    expect(text).toContain('2 of 2 were found.');
    const asStated = { planted: 5, found: 3, holds: false };
    expect(read(renderSelftestTable(fakeSelftest({ asStated }), plain))).toContain(
      '3 of 5 were found, fewer than the 80 % that it promises',
    );
  });

  it('keeps to 40 columns', () => {
    for (const line of renderSelftestTable(fakeSelftest(), { color: false, width: 40 }).split('\n')) {
      expect([...line].length).toBeLessThanOrEqual(40);
    }
  });
});

describe('the picture', () => {
  it('rings found and missed parts in their colours and leaves the parts themselves alone', async () => {
    const photo = texture(640, 400);
    const fake = fakeSelftest();
    const file = await renderSelftestPicture(fake, photo);
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const top = info.height - photo.height;
    const at = (x: number, y: number) => [...data.subarray(((y + top) * info.width + x) * 3).subarray(0, 3)];
    const around = (box: { x: number; y: number; width: number; height: number }) =>
      Array.from({ length: 24 }, (_, k) =>
        at(Math.round(box.x + box.width / 2) + k, Math.round(box.y + box.height / 2)),
      );
    const green = ([r, g, b]: number[]) => g! > r! + 60 && g! > b! + 20;
    const red = ([r, g, b]: number[]) => r! > g! + 80 && r! > b! + 80;
    for (const { box, found } of fake.plants) {
      expect(around(box).some(found ? green : red)).toBe(true);
      expect(around(box).some(found ? red : green)).toBe(false);
      const x = Math.round(box.x + box.width / 2);
      const y = Math.round(box.y + box.height / 2);
      const before = photo.data[(y * photo.width + x) * 3]!;
      for (const value of at(x, y)) expect(Math.abs(value - before)).toBeLessThan(12);
    }
  });
});

describe('the document', () => {
  it('fits its schema', () => {
    expect(selftestSchema.safeParse(fakeSelftest()).error).toBeUndefined();
  });
});
