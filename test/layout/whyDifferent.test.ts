import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModels } from '../../src/detect/index.js';
import { learnPixels, type Reference } from '../../src/learn.js';
import { learnFromOthers } from '../../src/learnFromOthers.js';
import type { Raster } from '../../src/photo/index.js';
import { whyDifferent } from '../../src/whyDifferent.js';

const GOLDEN = 'samples/golden/golden-1.jpg';
const OTHER = 'samples/golden/golden-2.jpg';

async function rgb(picture: Sharp): Promise<Raster> {
  // Half the size is enough to tell, and four times as quick.
  const small = picture.resize(1200);
  const { data, info } = await small.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
}

const everywhere = ({ width, height }: Raster): Raster => ({
  data: new Uint8Array(width * height).fill(1),
  width,
  height,
  channels: 1,
});

describe('why much of a photo differs', () => {
  const boxes = [
    { x: 200, y: 200, width: 200, height: 200 },
    { x: 700, y: 500, width: 100, height: 200 },
  ];

  it('is the photo where what does not differ has lost its detail', async () => {
    const golden = await rgb(sharp(GOLDEN));
    const where = everywhere(golden);
    const blurred = await rgb(sharp(await sharp(GOLDEN).blur(8).png().toBuffer()));
    expect(await whyDifferent(golden, { photo: blurred, where }, boxes, 0.06)).toMatch(
      /^6 % of the board differ from the first photo, and the rest shares only \d+ % of its fine detail: blurred/,
    );
  });

  it('is the board where the rest shows the same detail', async () => {
    const golden = await rgb(sharp(GOLDEN));
    const where = everywhere(golden);
    const photo = { ...golden, data: golden.data.slice() };
    for (const { x, y, width, height } of boxes) {
      for (let row = y; row < y + height; row++) {
        photo.data.fill(90, 3 * (row * golden.width + x), 3 * (row * golden.width + x + width));
      }
    }
    expect(await whyDifferent(golden, { photo, where }, boxes, 0.06)).toBe(
      '6 % of the board differ from the first photo, in 2 places, and the rest is the same: another revision or fitting?',
    );
  });
});

describe('golden photos that are hard', () => {
  let others: ReturnType<typeof learnFromOthers>;
  beforeAll(async () => {
    const models = await loadModels();
    const first: Reference = await learnPixels(await rgb(sharp(GOLDEN)), models.detector);
    others = learnFromOthers(first, models);
  });

  it('never names another revision for a blurred or dark one', async () => {
    for (const [name, picture] of [
      ['blurred', sharp(OTHER).blur(9)],
      ['dark', sharp(OTHER).linear(0.15, 0)],
    ] as const) {
      const pixels = await rgb(sharp(await picture.png().toBuffer()));
      const result = await others.add(pixels, name);
      if ('reason' in result) expect(result.reason).not.toContain('revision');
      if (name === 'blurred') expect(result).toHaveProperty('reason');
    }
  });

  it('names it for a board on which large parts are others', async () => {
    // Sharp, in the same light, and six large dark things on it that the first board has not.
    const dark = { r: 30, g: 30, b: 35 };
    const input = { create: { width: 240, height: 200, channels: 3 as const, background: dark } };
    const pieces = Array.from({ length: 6 }, (_, k) => ({
      input,
      left: 500 + 330 * (k % 4),
      top: 350 + 260 * Math.floor(k / 4),
    }));
    const picture = await sharp(GOLDEN).composite(pieces).png().toBuffer();
    const result = await others.add(await rgb(sharp(picture)), 'other');
    expect((result as { reason: string }).reason).toMatch(
      /places, and the rest is the same: another revision/,
    );
  });
});
