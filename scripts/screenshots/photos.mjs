// Makes docs/pictures/photos.jpg, the picture of docs/photos.md, from a sample and what spoils photos.
//   npm run build && node scripts/screenshots/photos.mjs
import sharp from 'sharp';
import { readPhoto } from '../../dist/photo/index.js';
import { createRandom, spoilPhoto } from '../../dist/selftest/index.js';

const TILE = { width: 440, height: 330 };
const { pixels } = await readPhoto('samples/golden/golden-2.jpg');
const board = { x: 220, y: 160, width: 1950, height: 1480 };
const tiles = [
  ['good', null, 0],
  ['washed out', 'glare', 8],
  ['blurred', 'blur', 5],
  ['covered', 'hand', 4],
  ['too dark', 'shadow', 12],
  ['cut off', 'crop', 3],
];
const layers = await Promise.all(
  tiles.map(async ([words, spoil, seed], k) => {
    const photo = spoil ? spoilPhoto(pixels, spoil, board, createRandom(seed)).photo : pixels;
    const label = `<svg width="${TILE.width}" height="${TILE.height}"><rect y="${TILE.height - 34}" width="100%" height="34" fill="#000b"/><text x="12" y="${TILE.height - 11}" font-family="sans-serif" font-size="18" fill="#fff">${words}</text></svg>`;
    const input = await sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 3 } })
      .resize({ ...TILE, fit: 'contain', background: '#20262c' })
      .composite([{ input: Buffer.from(label) }])
      .png()
      .toBuffer();
    return { input, left: (k % 3) * (TILE.width + 6), top: Math.floor(k / 3) * (TILE.height + 6) };
  }),
);
await sharp({
  create: { width: 3 * TILE.width + 12, height: 2 * TILE.height + 6, channels: 3, background: '#ffffff' },
})
  .composite(layers)
  .jpeg({ quality: 78 })
  .toFile('docs/pictures/photos.jpg');
