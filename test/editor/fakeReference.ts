import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { REFERENCE_VERSION, type ReferenceFile, writeReferenceFolder } from '../../src/layout/index.js';

/** Two sites on a green board of 400 × 300 px. */
const description: ReferenceFile = {
  schemaVersion: REFERENCE_VERSION,
  name: 'green board',
  tool: { name: 'boardiff', version: '0.0.0' },
  frame: { width: 400, height: 300, mmPerPixel: null },
  source: { kind: 'photos', file: null, side: null, lacks: ['do-not-populate'] },
  variation: null,
  variants: [],
  regions: [],
  golden: [],
  outline: {
    polygon: [
      [0, 0],
      [400, 0],
      [400, 300],
      [0, 300],
    ],
    found: true,
  },
  sites: [
    {
      id: 'R1',
      label: 'resistor',
      expected: 'fitted',
      box: { x: 40, y: 50, width: 30, height: 20 },
      score: 0.5,
    },
    { id: 'U1', label: 'ic', expected: 'fitted', box: { x: 200, y: 100, width: 80, height: 60 }, score: 0.9 },
  ],
};

/** Writes that reference to a new folder, with a golden photo or as a layout without one. */
export async function fakeReference(withPhoto = true): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'boardiff-')), 'reference');
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#2a6b4a' } })
    .jpeg()
    .toBuffer();
  const golden = {
    file: 'golden-1.jpg',
    sha256: createHash('sha256').update(photo).digest('hex'),
    originalName: 'a.jpg',
  };
  await writeReferenceFolder(
    folder,
    {
      description: { ...description, golden: withPhoto ? [golden] : [] },
      golden: withPhoto ? [photo] : [],
      features: [],
      parts: null,
    },
    false,
  );
  return folder;
}
