import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { detectionAt, loadDetector } from '../../src/detect/index.js';
import { drawn } from './fakes.js';

/** What a fixture sees in a picture: x, y, width, height, score, label, labelScore, rounded to 4 digits. */
async function seen(name: string, photo = drawn(64, 64, [])): Promise<(string | number)[][]> {
  const file = fileURLToPath(new URL(`../fixtures/models/${name}.onnx`, import.meta.url));
  const detections = await (await loadDetector(file)).detect(photo);
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return Array.from({ length: detections.count }, (_, k) => {
    const { box, score, label, labelScore } = detectionAt(detections, k);
    return [box.x, box.y, box.width, box.height, score, label, labelScore].map((v) =>
      typeof v === 'number' ? round(v) : v,
    );
  });
}

/** A picture whose red is 1 everywhere and green and blue are 0: the fixtures' third part appears. */
function red() {
  const photo = drawn(64, 64, []);
  for (let k = 0; k < photo.data.length; k += 3) photo.data[k] = 255;
  return photo;
}

const first = [15, 12, 10, 8];
const second = [38, 37, 12, 6];
const third = [8, 46, 8, 8];

test('YOLOX: part score and class score apart', async () => {
  expect(await seen('yolox')).toEqual([
    [...first, 0.9, 'ic', 0.7],
    [...second, 0.5, 'resistor', 0.6],
  ]);
  expect((await seen('yolox', red()))[1]).toEqual([...third, 0.8, 'ic', 0.4]);
});

test('YOLOX with raw grids: offsets in cells, logarithmic sizes, logits', async () => {
  const sigmoid = (x: number) => Math.round(1e4 / (1 + Math.exp(-x))) / 1e4;
  expect(await seen('yolox-raw', drawn(32, 32, []))).toEqual([
    // Stride 8, cell (2, 1): centre (2.5, 1.25)·8, size 8·1 × 8·2.
    [16, 2, 8, 16, sigmoid(2), 'ic', sigmoid(1)],
    // Stride 16, cell (0, 1): centre (0.5, 1.5)·16, size 16.
    [0, 16, 16, 16, sigmoid(1), 'resistor', sigmoid(1)],
  ]);
});

test.each(['yolov8', 'yolov8-transposed'])('%s: the best class stands for the part', async (name) => {
  expect(await seen(name)).toEqual([
    [...first, 0.7, 'ic', 0.7],
    [...second, 0.6, 'resistor', 0.6],
  ]);
  expect((await seen(name, red()))[0]).toEqual([...third, 0.8, 'ic', 0.8]);
});

test('DETR: two outputs, softmax with "no object" last, shares of the tile', async () => {
  // (0.25, 0.5, 0.25, 0.125) of 64 pixels; the second box is 0.8 "no object".
  expect(await seen('detr')).toEqual([[8, 28, 16, 8, 0.6, 'ic', 0.6]]);
});

test('RT-DETR in one output, on a photo that is twice as wide as the model’s input', async () => {
  expect(await seen('rtdetr', drawn(128, 64, []))).toEqual([
    [16, 28, 32, 8, 0.8, 'resistor', 0.8],
    [64, 8, 64, 16, 0.4, 'ic', 0.4],
  ]);
});
