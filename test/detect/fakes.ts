import { type DetectContract, detectContractSchema } from '../../src/detect/contract.js';
import type { PlainTensor, Runtime } from '../../src/detect/runtime.js';
import type { Box } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';

/** A contract for the fake models below: tiles of 64 pixels that share at least 16, classes "ic" and "resistor". */
export function fakeContract(input: object = {}, output: object = {}): DetectContract {
  return detectContractSchema.parse({
    contractVersion: 1,
    task: 'detect',
    name: 'fake',
    version: '1',
    file: 'fake.onnx',
    sha256: '0'.repeat(64),
    license: 'MIT',
    input: {
      name: 'images',
      layout: 'NCHW',
      color: 'RGB',
      range: [0, 1],
      mean: [0, 0, 0],
      std: [1, 1, 1],
      tile: 64,
      overlap: 16,
      resize: 'tile',
      ...input,
    },
    output: { name: 'detections', decoder: 'yolox', ...output },
    classes: ['ic', 'resistor'],
    thresholds: { score: 0.3, weak: 0.1, nmsIou: 0.5 },
  });
}

/** A runtime that gives what a function makes of the input. */
export function fakeRuntime(run: (input: PlainTensor) => PlainTensor): Runtime {
  return {
    inputs: [{ name: 'images', type: 'float32', dims: [1, 3, null, null] }],
    outputs: [{ name: 'detections', type: 'float32', dims: [1, null, 7] }],
    run: async ({ images }) => ({ detections: run(images!) }),
    release: async () => {},
  };
}

/** A "model" that sees the bounding box of every bright blob in the first channel, with score 0.9, class "ic". */
export const brightBlobs: Runtime = fakeRuntime(({ data, dims }) => {
  const [height, width] = [dims[2]!, dims[3]!];
  const seen = new Uint8Array(width * height);
  const rows: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || data[start]! <= 0.5) continue;
    let [left, top, right, bottom] = [width, height, 0, 0];
    const stack = [start];
    seen[start] = 1;
    while (stack.length > 0) {
      const at = stack.pop()!;
      const [x, y] = [at % width, Math.floor(at / width)];
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      for (const [nx, ny] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ] as const) {
        const next = ny * width + nx;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] || data[next]! <= 0.5) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    rows.push((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, 0.9, 0.8, 0.1);
  }
  return { data: Float32Array.from(rows), dims: [1, rows.length / 7, 7] };
});

/** A black picture with white rectangles. */
export function drawn(width: number, height: number, boxes: readonly Box[]): Raster {
  const data = new Uint8Array(width * height * 3);
  for (const box of boxes) {
    for (let y = box.y; y < box.y + box.height; y++) {
      data.fill(255, (y * width + box.x) * 3, (y * width + box.x + box.width) * 3);
    }
  }
  return { data, width, height, channels: 3 };
}
