import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importReference } from '../../../src/importReference.js';
import { EXPORTERS } from '../../../src/layout/exporters/index.js';
import type { ReferenceFile } from '../../../src/layout/index.js';

const noDetector = () => Promise.reject(new Error('no detector is needed'));

async function imported(name: string, text: string): Promise<ReferenceFile> {
  const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
  const file = join(folder, name);
  writeFileSync(file, text);
  return (await importReference(file, join(folder, 'reference'), noDetector)).description;
}

/** Two parts a side, one of them not fitted; rotations as KiCad counts them. */
const KICAD = (side: 'F' | 'B') => `(kicad_pcb (layers (0 "F.Cu" signal) (31 "B.Cu" signal))
(gr_rect (start 0 0) (end 30 20) (layer "Edge.Cuts"))
${[
  ['R1', 5, 5, 90, '10k, 1 %', 'smd'],
  // The designator says nothing, or something else: the class must come from the file.
  ['LED7', 15, 12, 30, 'red', 'smd exclude_from_bom'],
  ['C3', 22, 4, 0, '100n', 'smd dnp'],
  ['U2', 25, 15, 180, '', 'smd'],
]
  .map(
    ([
      id,
      x,
      y,
      angle,
      value,
      attributes,
    ]) => `(footprint "lib:${id}" (layer "${side}.Cu") (at ${x} ${y} ${angle})
  (fp_text reference "${id}") (fp_text value "${value}") (attr ${attributes}) (fp_rect (start -1 -0.5) (end 1 0.5) (layer "${side}.Fab"))
  (pad "1" smd rect (at -1 0 ${angle}) (size 1 1) (layers "${side}.Cu")) (pad "2" smd rect (at 1 0 ${angle}) (size 1 1) (layers "${side}.Cu")))`,
  )
  .join('\n')})`;

describe.each([
  ['top', 'F'],
  ['bottom', 'B'],
] as const)('in, out and in again, %s side', (side, flank) => {
  it('COCO loses no site, box, class, rotation, expectation, part or side', async () => {
    const first = await imported('a.kicad_pcb', KICAD(flank));
    expect(first.source.side).toBe(side);
    const again = await imported('b.json', EXPORTERS.coco(first));
    const byId = (sites: ReferenceFile['sites']) => [...sites].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(again.sites)).toEqual(byId(first.sites));
    expect(again.source.side).toBe(side);
    expect([again.frame.width, again.frame.height]).toEqual([first.frame.width, first.frame.height]);
    expect(again.source.lacks).toEqual(['outline', 'scale']);
  });

  it('Label Studio keeps names, boxes and classes of what may be fitted', async () => {
    const first = await imported('a.kicad_pcb', KICAD(flank));
    const again = await imported('b.json', EXPORTERS['label-studio'](first));
    const kept = first.sites.filter(({ expected }) => expected !== 'empty');
    const told = (sites: ReferenceFile['sites']) => sites.map(({ id, label, box }) => ({ id, label, box }));
    expect(told(again.sites)).toEqual(told(kept));
    expect([again.frame.width, again.frame.height]).toEqual([first.frame.width, first.frame.height]);
    expect(again.source.lacks).toEqual(['outline', 'side', 'scale', 'rotation', 'do-not-populate']);
  });

  it('YOLO keeps boxes and classes of what may be fitted', async () => {
    const first = await imported('a.kicad_pcb', KICAD(flank));
    const again = await imported('b.txt', EXPORTERS.yolo(first));
    const kept = first.sites.filter(({ expected }) => expected !== 'empty');
    expect(again.sites.map(({ label, box }) => [label, box])).toEqual(
      kept.map(({ label, box }) => [label, box]),
    );
    expect([again.frame.width, again.frame.height]).toEqual([first.frame.width, first.frame.height]);
    expect(again.source.lacks).toEqual(['outline', 'side', 'scale', 'rotation', 'do-not-populate']);
  });

  it('a placement file keeps names, classes, middles, rotations, side and expectations', async () => {
    const first = await imported('a.kicad_pcb', KICAD(flank));
    // A class that no designator tells.
    first.sites[0]!.id = 'S1';
    const again = await imported('b.csv', EXPORTERS.centroid(first));
    const kept = first.sites.filter(({ expected }) => expected !== 'empty');
    const told = (sites: ReferenceFile['sites']) =>
      sites.map(({ id, label, expected, rotation, part }) => ({ id, label, expected, rotation, part }));
    expect(told(again.sites)).toEqual(told(kept));
    expect(again.source.side).toBe(side);
    // The frame is another one; distances between middles are the same in millimetres.
    const middles = ({ frame }: ReferenceFile, sites: ReferenceFile['sites']) =>
      sites.map(({ box }) => [
        (box.x + box.width / 2 - sites[0]!.box.x - sites[0]!.box.width / 2) * frame.mmPerPixel!,
        (box.y + box.height / 2 - sites[0]!.box.y - sites[0]!.box.height / 2) * frame.mmPerPixel!,
      ]);
    const [before, after] = [middles(first, kept), middles(again, again.sites)];
    for (const [k, [x, y]] of before.entries()) {
      expect(after[k]![0]).toBeCloseTo(x!, 1);
      expect(after[k]![1]).toBeCloseTo(y!, 1);
    }
  });
});
