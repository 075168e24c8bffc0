import { REFERENCE_VERSION, type ReferenceFile } from '../../../src/layout/index.js';

/** A reference of three sites on a frame of 200 × 100 pixels, a tenth of a millimetre each. */
export const reference: ReferenceFile = {
  schemaVersion: REFERENCE_VERSION,
  name: 'board',
  tool: { name: 'boardiff', version: '0.0.0' },
  source: { kind: 'photos', file: null, side: null, lacks: [] },
  frame: { width: 200, height: 100, mmPerPixel: 0.1 },
  golden: [{ file: 'golden-1.jpg', sha256: 'a'.repeat(64), originalName: 'board.jpg' }],
  variation: null,
  outline: {
    polygon: [
      [0, 0],
      [199, 0],
      [199, 99],
      [0, 99],
    ],
    found: true,
  },
  variants: ['lite'],
  regions: [
    {
      id: 'cable',
      rule: 'ignore',
      polygon: [
        [10, 80],
        [60, 80],
        [60, 99],
      ],
    },
  ],
  sites: [
    {
      id: 'R1',
      label: 'resistor',
      expected: 'fitted',
      box: { x: 20, y: 30, width: 8, height: 4 },
      score: 0.9,
      rotation: 90,
      part: '10k, 1 %',
    },
    {
      id: 'U1',
      label: 'ic',
      expected: 'optional',
      box: { x: 100, y: 40, width: 30, height: 20 },
      score: null,
    },
    {
      id: 'C1',
      label: 'capacitor',
      expected: 'empty',
      box: { x: 50.5, y: 60.25, width: 6, height: 3 },
      score: null,
    },
  ],
};

/** A file as an importer sees it. */
export function fileOf(name: string, text: string) {
  return { name, bytes: new TextEncoder().encode(text) };
}
