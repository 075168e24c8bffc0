import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxCenter, boxIoU, insidePolygon } from '../../src/geometry/index.js';
import {
  type Inspection,
  inspect,
  loadModels,
  openReference,
  type Reference,
  readPhoto,
} from '../../src/index.js';

const truth = JSON.parse(readFileSync('samples/truth.json', 'utf8'));
const photos = new Map<string, { expectedVerdict: string; planted: { kind: string; box: Box }[] }>(
  truth.photos.map((photo: { path: string }) => [photo.path, photo]),
);
type Box = { x: number; y: number; width: number; height: number };

let reference: Reference;
let models: Awaited<ReturnType<typeof loadModels>>;

beforeAll(async () => {
  models = await loadModels();
  reference = await openReference('samples/golden/golden-1.jpg', models.detector);
});

async function look(path: string): Promise<Inspection> {
  return inspect(await readPhoto(`samples/${path}`), reference, models);
}

function found(inspection: Inspection, box: Box): boolean {
  return inspection.findings.some(
    (finding) =>
      finding.box !== null &&
      (boxIoU(finding.box, box) > 0.3 ||
        (Math.abs(boxCenter(finding.box)[0] - boxCenter(box)[0]) < box.width / 2 &&
          Math.abs(boxCenter(finding.box)[1] - boxCenter(box)[1]) < box.height / 2)),
  );
}

describe('the samples against their truth', () => {
  it('finds nothing on the clean photo', async () => {
    const inspection = await look('incoming/clean.jpg');
    expect(inspection.findings).toEqual([]);
    expect(inspection.verdict).toBe('matches');
  });

  it('finds the implant as an unexpected part, above all else', async () => {
    const inspection = await look('incoming/implant.jpg');
    const { planted } = photos.get('incoming/implant.jpg')!;
    expect(inspection.verdict).toBe('differs');
    expect(inspection.findings[0]!.kind).toBe('unexpected-part');
    expect(boxIoU(inspection.findings[0]!.box!, planted[0]!.box)).toBeGreaterThan(0.5);
  });

  it('finds the missing and the wrong part', async () => {
    const inspection = await look('incoming/missing-wrong.jpg');
    for (const { box } of photos.get('incoming/missing-wrong.jpg')!.planted) {
      expect(found(inspection, box)).toBe(true);
    }
    expect(inspection.verdict).toBe('differs');
  });

  it('refuses the blurred photo with the numbers, and never calls it a match', async () => {
    const inspection = await look('incoming/blurred.jpg');
    expect(inspection.verdict).toBe('not-judged');
    expect(inspection.registration.status).toBe('refused');
    expect(inspection.registration.reason).toMatch(/expected at least 20|could be matched/);
    expect(inspection.sites.every(({ verdict }) => verdict === 'not-judged')).toBe(true);
  });

  it('finds the board in the golden photo', () => {
    const outline = truth.photos[0].boardOutline as [number, number][];
    const center: [number, number] = [
      outline.reduce((sum, [x]) => sum + x, 0) / 4,
      outline.reduce((sum, [, y]) => sum + y, 0) / 4,
    ];
    expect(reference.outlineFound).toBe(true);
    expect(insidePolygon(reference.outline, center)).toBe(true);
  });
});

describe('the document', () => {
  it('fits its published schema', async () => {
    const schema = JSON.parse(readFileSync('docs/inspection.schema.json', 'utf8'));
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const inspection = await look('incoming/implant.jpg');
    expect(validate(JSON.parse(JSON.stringify(inspection))), JSON.stringify(validate.errors)).toBe(true);
    expect(inspection.notice).toContain('does not by itself verify hardware integrity');
  });
});

describe('a reference folder', () => {
  it('gives the same verdict as the photo it was made from', async () => {
    const { createReference } = await import('../../src/createReference.js');
    const folder = join(mkdtempSync(join(tmpdir(), 'boardiff-')), 'reference');
    const made = await createReference(['samples/golden/golden-1.jpg'], folder, models);
    expect(made.sites.length).toBe(reference.sites.length);
    await expect(createReference(['samples/golden/golden-1.jpg'], folder, models)).rejects.toThrow(
      'is there already',
    );
    const again = await openReference(folder, models.detector);
    const inspection = await inspect(await readPhoto('samples/incoming/implant.jpg'), again, models);
    expect(inspection.findings[0]!.kind).toBe('unexpected-part');
  });

  it('learnt from several good boards names what does not fit and knows how the others differ', async () => {
    const { createReference } = await import('../../src/createReference.js');
    const folder = join(mkdtempSync(join(tmpdir(), 'boardiff-')), 'reference');
    const told: [string, string | null][] = [];
    const golden = [
      'golden/golden-1',
      'golden/golden-2',
      'incoming/blurred',
      'golden/golden-3',
      'golden/golden-2',
    ];
    const made = await createReference(
      golden.map((name) => `samples/${name}.jpg`),
      folder,
      models,
      { onGolden: (path, leftOut) => told.push([path, leftOut?.reason ?? null]) },
    );
    expect(told.map(([, reason]) => reason)).toEqual([
      null,
      null,
      expect.stringContaining('too blurred'),
      null,
      'it is the same photo as one before',
    ]);
    expect(made.witnesses).toHaveLength(2);
    expect(made.variation).not.toBeNull();
    expect(readdirSync(folder).sort()).toEqual([
      'features.bin',
      'golden-1.jpg',
      'golden-2.jpg',
      'golden-3.jpg',
      'parts.json',
      'reference.json',
      'variation.bin',
    ]);
    const inspection = await inspect(await readPhoto('samples/incoming/implant.jpg'), made, models);
    expect(inspection.findings.map(({ kind }) => kind)).toEqual(['unexpected-part']);
    expect(inspection.reference.goodBoards).toBe(3);
    const clean = await inspect(await readPhoto('samples/incoming/clean.jpg'), made, models);
    expect(clean.findings).toEqual([]);
  });
});
