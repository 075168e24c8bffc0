import { Script } from 'node:vm';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ReferenceFile } from '../../../src/layout/index.js';
import { renderLayoutPage, renderLayoutSvg } from '../../../src/report/layout/index.js';
import { pageScript } from '../../../src/report/layout/script.js';
import { texture } from '../fakeInspection.js';

const hostile = `</script><img src=x onerror=alert(1)>"'&\u202e`;
const description: ReferenceFile = {
  schemaVersion: 2,
  name: hostile,
  tool: { name: 'boardiff', version: '0.0.0' },
  source: { kind: 'centroid', file: hostile, side: 'top', lacks: ['body-size', 'rotation'] },
  frame: { width: 400, height: 300, mmPerPixel: 0.05 },
  golden: [],
  variation: null,
  outline: {
    polygon: [
      [0, 0],
      [400, 0],
      [400, 300],
    ],
    found: true,
  },
  variants: [hostile],
  regions: [
    {
      id: hostile,
      rule: 'ignore',
      note: hostile,
      polygon: [
        [1, 1],
        [9, 1],
        [9, 9],
      ],
    },
  ],
  sites: (['fitted', 'empty', 'optional'] as const).map((expected, k) => ({
    id: `${hostile}${k}`,
    label: hostile,
    expected,
    box: { x: 50 * k, y: 40, width: 30, height: 20 },
    part: hostile,
    score: null,
    ...(k === 0 && { risk: 'high' as const }),
  })),
};
const view = { description, golden: null, variation: null };

describe('layout.html', () => {
  it('loads nothing, and only its own script may run', async () => {
    const golden = texture(400, 300);
    const variation = { columns: 40, rows: 30, cell: 10, values: new Uint8Array(1200).fill(255) };
    const page = await renderLayoutPage({ ...view, golden, variation });
    expect(page).toMatch(/default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src/);
    expect(page).not.toContain('connect-src');
    for (const [, target] of page.matchAll(/\b(?:src|href)="([^"]*)"/g))
      expect(target).toMatch(/^data:image\/(jpeg|png);base64,/);
    expect(page.match(/<(link|iframe|object|embed|base)\b/g)).toBeNull();
  });

  it('holds hostile names as text', async () => {
    const page = await renderLayoutPage(view);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<img/);
    const [, data] = /id="data">(.*?)<\/script>/s.exec(page)!;
    expect(JSON.parse(data!)).toEqual({ description, revision: null });
  });

  it('says what is not known', async () => {
    const page = await renderLayoutPage(view);
    expect(page).toContain('The sizes of the parts: boxes are estimates.');
    expect(page).toContain('How the parts are turned.');
    expect(page).toContain('no photo was fitted to this layout yet');
    expect(page).not.toContain('The scale: ');
  });

  it('has the tools of an editor only as one', async () => {
    expect(await renderLayoutPage(view)).not.toContain('id="save"');
    expect(await renderLayoutPage(view, { revision: 'a' })).toContain('id="save"');
  });

  it('has a script that no module of it keeps from running', () => {
    // In a block, where two functions of one name are an error as they are in one module.
    expect(() => new Script(`{${pageScript()}}`)).not.toThrow();
    expect(pageScript()).not.toMatch(/^\s*(import|export) /m);
  });
});

describe('layout.svg', () => {
  it('tells expectations apart by line and letter', async () => {
    const svg = await renderLayoutSvg(view);
    expect([...svg.matchAll(/>([FEO]!?)<\/text>/g)].map(([, letter]) => letter)).toEqual(['F!', 'E', 'O']);
    expect([...svg.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dash]) => dash)).toEqual([
      '6 4',
      '1.5 3',
    ]);
    expect(svg).toContain('fill="#1d4a38"');
    expect(svg).not.toMatch(/<img|<script|\son\w+="/);
    expect(svg).not.toMatch(/href="(?!data:)/);
  });

  it('shows what varies between good boards over the photo, and below it what is not known', async () => {
    const variation = { columns: 40, rows: 30, cell: 10, values: new Uint8Array(1200).fill(255) };
    const svg = await renderLayoutSvg({ ...view, golden: texture(400, 300), variation });
    const [, heat] =
      /<g id="variation">.*?width="400" height="300"[^>]*href="data:image\/png;base64,([^"]+)"/.exec(svg)!;
    const { width, height } = await sharp(Buffer.from(heat!, 'base64')).metadata();
    expect([width, height]).toEqual([40, 30]);
    expect(svg).toContain('Red to yellow: what varies between good boards.');
    expect(svg).toContain('Not known: The sizes of the parts: boxes are estimates.');
    expect(svg).not.toContain('How much good boards differ');
    // Nothing of the frame is covered: the strip begins where it ends.
    expect(svg).toMatch(/<rect y="300" width="400"/);
    const plain = await renderLayoutSvg(view);
    expect(plain).not.toContain('id="variation"');
    expect(plain).toContain('Not known: What the board looks like');
  });
});
