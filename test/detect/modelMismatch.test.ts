import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkModel, loadDetector } from '../../src/detect/index.js';
import { UserError } from '../../src/errors.js';

const fixtures = fileURLToPath(new URL('../fixtures/models', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boardiff-models-'));
  await cp(fixtures, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: tests reach into a contract to break it
type Loose = any;

/** Writes a changed copy of a fixture's contract beside the models. */
async function changed(name: string, change: (contract: Loose) => void): Promise<string> {
  const contract = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
  change(contract);
  const path = join(folder, 'changed.json');
  await writeFile(path, JSON.stringify(contract));
  return path;
}

/** The one line that loading fails with. */
async function failure(path: string): Promise<string> {
  const error = await loadDetector(path).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message, hint } = error as UserError;
  expect(message).not.toContain('\n');
  expect(hint).toContain('boardiff model check');
  return message.slice(path.length + 2);
}

test('a good model passes every check, and says what it does not state', async () => {
  const checks = await checkModel(join(folder, 'yolov8.json'));
  expect(checks.every(({ ok }) => ok)).toBe(true);
  expect(checks.map(({ name }) => name)).toEqual([
    'contract',
    'file',
    'SHA-256',
    'runtime',
    'input',
    'output',
    'output shape',
    'output values',
    'golden vectors',
    'training data',
    'quality',
  ]);
  expect(checks.at(-1)).toEqual({
    name: 'quality',
    ok: true,
    detail: 'not stated (optional)',
    expected: null,
    got: null,
    hint: null,
  });
});

test('no contract beside the model', async () => {
  expect(await failure(join(folder, 'none.onnx'))).toBe(
    'contract: expected a contract beside the .onnx, none.json, got no such file',
  );
});

test('a contract that is no JSON, and one with a wrong field', async () => {
  const path = join(folder, 'text.json');
  await writeFile(path, 'hello');
  expect(await failure(path)).toMatch(/^contract: expected JSON, got /);
  const wrong = await changed('yolox', (c) => {
    c.output.decoder = 'yolo99';
  });
  expect(await failure(wrong)).toMatch(/^contract: expected a contract of version 1, got output\.decoder: /);
  const objectness = await changed('yolov8', (c) => {
    c.output.objectness = true;
  });
  expect(await failure(objectness)).toContain('output.objectness');
});

test('no model file', async () => {
  const path = await changed('yolox', (c) => {
    c.file = 'lost.onnx';
  });
  expect(await failure(path)).toBe('file: expected the model file, lost.onnx, got no such file');
});

test('another SHA-256', async () => {
  const path = await changed('yolox', (c) => {
    c.sha256 = 'f'.repeat(64);
  });
  expect(await failure(path)).toMatch(/^SHA-256: expected f{64}, got [0-9a-f]{64}$/);
  const check = (await checkModel(path)).at(-1)!;
  expect(check).toMatchObject({ name: 'SHA-256', ok: false, expected: 'f'.repeat(64) });
});

test('a corrupt file', async () => {
  const bytes = Buffer.from('not a model');
  await writeFile(join(folder, 'corrupt.onnx'), bytes);
  const path = await changed('yolox', (c) => {
    c.file = 'corrupt.onnx';
    c.sha256 = createHash('sha256').update(bytes).digest('hex');
  });
  expect(await failure(path)).toMatch(/^runtime: expected a model that ONNX Runtime loads, got .*rotobuf/);
});

test('another input or output name', async () => {
  const input = await changed('yolox', (c) => {
    c.input.name = 'pixels';
  });
  expect(await failure(input)).toBe('input: expected one input, "pixels", got "images"');
  const output = await changed('yolox', (c) => {
    c.output.name = 'boxes';
  });
  expect(await failure(output)).toBe('output: expected "boxes", got "detections"');
});

test('a tile that a model of fixed size does not take', async () => {
  const path = await changed('yolox-raw', (c) => {
    c.input.tile = 64;
  });
  expect(await failure(path)).toBe(
    'input: expected "images", float32 [1, 3, 64, 64], got "images", float32 [1, 3, 32, 32]',
  );
});

test('another number of classes', async () => {
  const more = (c: Loose) => {
    c.classes.push('relay');
  };
  expect(await failure(await changed('yolox', more))).toBe(
    'output shape: expected shape [1, N, 8], got [1, 3, 7]',
  );
  expect(await failure(await changed('yolov8', more))).toBe(
    'output shape: expected shape [1, 7, N] or [1, N, 7], got [1, 6, 3]',
  );
  expect(await failure(await changed('detr', more))).toBe(
    'output shape: expected shape [1, N, 4], got [1, 2, 3]',
  );
});

test('other strides', async () => {
  const path = await changed('yolox-raw', (c) => {
    c.output.strides = [8, 16];
  });
  expect(await failure(path)).toBe('output shape: expected 20 cells for strides 8, 16 at 32×32, got 21');
});

test('NaN in the output', async () => {
  expect(await failure(join(folder, 'nan.onnx'))).toBe(
    'output values: expected finite numbers, got NaN in box 1',
  );
});

test('logits without an activation, and boxes in another unit', async () => {
  const logits = await changed('yolox-raw', (c) => {
    c.output.activation = 'none';
  });
  expect(await failure(logits)).toBe('output values: expected scores of 0 to 1, got -9 to 2');
  const pixels = await changed('yolox', (c) => {
    c.output.boxUnit = 'normalised';
  });
  expect(await failure(pixels)).toBe(
    'output values: expected boxes in shares of the tile, got values up to 50',
  );
  const shares = await changed('rtdetr', (c) => {
    c.output.boxUnit = 'pixel';
  });
  expect(await failure(shares)).toBe('output values: expected boxes in pixels, got values up to 0.75');
});

test('golden vectors that are not reproduced', async () => {
  const path = await changed('yolox', (c) => {
    c.golden.expect[1][4] = 0.7;
  });
  expect(await failure(path)).toBe('golden vectors: expected 0.7 in row 1, column 4, got 0.5');
  const colours = await changed('yolox', (c) => {
    c.input.color = 'BGR';
    c.golden.tolerance = 1e-6;
  });
  expect(await failure(colours)).toMatch(/^golden vectors: expected .* in row 2, column 4, got /);
});

test('one session a model and process: a second load costs no new one', async () => {
  const { loadRuntime } = await import('../../src/detect/runtime.js');
  const bytes = await readFile(join(folder, 'yolov8.onnx'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await loadRuntime(bytes, sha256, 1)).toBe(await loadRuntime(bytes, sha256, 0));
});

test('a run that fails says so in one line, with the shape', async () => {
  const { loadRuntime } = await import('../../src/detect/runtime.js');
  const bytes = await readFile(join(folder, 'yolox-raw.onnx'));
  const runtime = await loadRuntime(bytes, 'raw', 1);
  const run = runtime.run({ images: { data: new Float32Array(3 * 64 * 64), dims: [1, 3, 64, 64] } });
  await expect(run).rejects.toThrow(UserError);
  await expect(run).rejects.toThrow(
    /^expected the model to run on \[1, 3, 64, 64\], got .*index: 2 Got: 64 Expected: 32/,
  );
});
