import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPhoto } from '../../src/photo/index.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
const WIDTH = 96;
const HEIGHT = 64;

/** Red top left, green top right, blue bottom left, white bottom right. */
function quarters() {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3);
  const colors = [
    [220, 20, 20],
    [20, 200, 20],
    [20, 20, 220],
    [240, 240, 240],
  ];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      data.set(colors[(y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)]!, (y * WIDTH + x) * 3);
    }
  }
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

function pixel({ pixels }: Awaited<ReturnType<typeof readPhoto>>, x: number, y: number): number[] {
  return [...pixels.data.subarray((y * pixels.width + x) * 3, (y * pixels.width + x) * 3 + 3)];
}

describe('orientation', () => {
  // The colour that EXIF orientation brings to the top left, and whether width and height change places.
  const expected: [number, 'red' | 'green' | 'blue' | 'white', boolean][] = [
    [1, 'red', false],
    [2, 'green', false],
    [3, 'white', false],
    [4, 'blue', false],
    [5, 'red', true],
    [6, 'blue', true],
    [7, 'white', true],
    [8, 'green', true],
  ];
  const isColor = {
    red: ([r, g, b]: number[]) => r! > 150 && g! < 100 && b! < 100,
    green: ([r, g, b]: number[]) => g! > 150 && r! < 100 && b! < 100,
    blue: ([r, g, b]: number[]) => b! > 150 && r! < 100 && g! < 100,
    white: ([r, g, b]: number[]) => r! > 200 && g! > 200 && b! > 200,
  };
  it.each(expected)('%i brings %s to the top left', async (orientation, color, turned) => {
    const path = join(folder, `o${orientation}.jpg`);
    await quarters().withMetadata({ orientation }).jpeg().toFile(path);
    const photo = await readPhoto(path);
    expect(isColor[color](pixel(photo, 8, 8))).toBe(true);
    expect([photo.pixels.width, photo.pixels.height]).toEqual(turned ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
  });
});

describe('kinds of pictures', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)('reads %s as RGB', async (format) => {
    const path = join(folder, `kind.${format}`);
    await quarters().toFormat(format).toFile(path);
    const photo = await readPhoto(path);
    expect(photo.pixels.channels).toBe(3);
    expect(pixel(photo, 8, 8)[0]).toBeGreaterThan(180);
  });

  it('reads 16-bit, grey, CMYK and alpha', async () => {
    const deep = join(folder, 'deep.png');
    await quarters().toColourspace('rgb16').png().toFile(deep);
    expect(pixel(await readPhoto(deep), 8, 8)[0]).toBeGreaterThan(200);
    const grey = join(folder, 'grey.png');
    await quarters().greyscale().png().toFile(grey);
    const [r, g, b] = pixel(await readPhoto(grey), 8, 8);
    expect(r).toBe(g);
    expect(g).toBe(b);
    const cmyk = join(folder, 'cmyk.jpg');
    await quarters().toColourspace('cmyk').jpeg().toFile(cmyk);
    const fromCmyk = pixel(await readPhoto(cmyk), 8, 8);
    expect(fromCmyk[0]).toBeGreaterThan(fromCmyk[1]! + 60);
    const clear = join(folder, 'clear.png');
    await sharp({
      create: { width: 80, height: 80, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toFile(clear);
    expect(pixel(await readPhoto(clear), 40, 40)).toEqual([128, 128, 128]);
  });
});

describe('bad input', () => {
  it('refuses HEIC by name and says how to convert', async () => {
    const path = join(folder, 'phone.heic');
    const head = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
    ]);
    writeFileSync(path, Buffer.concat([head, Buffer.alloc(100)]));
    await expect(readPhoto(path)).rejects.toMatchObject({
      message: expect.stringContaining('HEIC'),
      hint: expect.stringContaining('heif-convert'),
    });
  });

  it('refuses a truncated photo', async () => {
    const whole = await sharp('samples/golden/golden-1.jpg').toBuffer();
    const path = join(folder, 'cut.jpg');
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    await expect(readPhoto(path)).rejects.toThrow(/damaged or truncated/);
  });

  it('names both numbers of the pixel limit', async () => {
    await expect(readPhoto('samples/golden/golden-1.jpg', { maxPixels: 1e6 })).rejects.toThrow(
      /at most 1\.0 megapixels, got 2400×1800 = 4\.3 megapixels/,
    );
  });
});
