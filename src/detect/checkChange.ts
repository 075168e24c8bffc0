import type { ChangeContract } from './changeContract.js';
import type { CheckList } from './checkList.js';
import { checkOutputSpec, fits, shapeOf } from './checkTensors.js';
import { goldenDifference, latticePattern } from './golden.js';
import { fillInput } from './preprocess.js';
import type { Runtime } from './runtime.js';
import { wholeTile } from './tiles.js';

/** Side of the picture that a change model without golden vectors is tried with. */
const TRIAL_SIDE = 128;

/** Checks what a change model declares, then runs it once: shape, finite numbers, golden vectors. */
export async function checkChange(
  contract: ChangeContract,
  runtime: Runtime,
  list: CheckList,
): Promise<void> {
  const { input, output, golden } = contract;
  const names = [input.names.reference, input.names.photo];
  const specs = names.map((name) => runtime.inputs.find((spec) => spec.name === name));
  const wanted = [1, 3, input.tile, input.tile];
  if (
    runtime.inputs.length !== 2 ||
    !specs.every((spec) => spec?.type === 'float32' && fits(spec.dims, wanted))
  ) {
    list.differs('input', {
      expected: `two inputs, ${names.map((name) => `"${name}"`).join(' and ')}, float32 ${shapeOf(wanted)}`,
      got:
        runtime.inputs.map(({ name, type, dims }) => `"${name}" ${type} ${shapeOf(dims)}`).join(', ') ||
        'none',
      hint: 'Set "input.names" and "input.tile" in the contract to those of the model.',
    });
    return;
  }
  list.ok('input', names.map((name) => `"${name}"`).join(', '));
  if (!checkOutputSpec(output.name, runtime, list)) return;

  const side = Math.ceil(TRIAL_SIDE / input.multipleOf) * input.multipleOf;
  const { width, height } = golden?.input ?? { width: side, height: side };
  const data = latticePattern(width, height);
  const dims = [1, 3, height, width];
  const feeds = {
    [input.names.reference]: { data: planes(contract, data, width, height), dims },
    [input.names.photo]: { data: planes(contract, upsideDown(data, width, height), width, height), dims },
  };
  const result = (await runtime.run(feeds))[output.name];
  const shape = [1, 2, height / output.stride, width / output.stride];
  if (!result || shape.some((size, k) => size !== result.dims[k])) {
    list.differs('output shape', {
      expected: shapeOf(shape),
      got: result ? shapeOf(result.dims) : 'nothing',
      hint: 'Set "output.stride" in the contract to that of the model.',
    });
    return;
  }
  list.ok('output shape', `${shapeOf(shape)} for a ${width}×${height} picture`);
  const broken = result.data.find((value) => !Number.isFinite(value));
  if (broken !== undefined) {
    const hint = 'The model or its export is broken; half-precision models often overflow.';
    list.differs('output values', { expected: 'finite numbers', got: String(broken), hint });
    return;
  }
  list.ok('output values', 'finite');
  checkGolden(contract, result.data, width / output.stride, height / output.stride, list);
}

function checkGolden(
  { golden }: ChangeContract,
  data: Float32Array,
  columns: number,
  rows: number,
  list: CheckList,
): void {
  if (!golden) {
    list.ok('golden vectors', 'none in the contract to compare with (optional)');
    return;
  }
  const { row, added, removed } = golden.expect;
  const rowOf = (channel: number) => [
    ...data.subarray(
      channel * columns * rows + row * columns,
      channel * columns * rows + (row + 1) * columns,
    ),
  ];
  const difference = goldenDifference([rowOf(0), rowOf(1)], [added, removed], golden.tolerance);
  if (!difference) {
    list.ok('golden vectors', `row ${row} reproduced`);
    return;
  }
  list.differs('golden vectors', {
    expected: `${difference.expected} in row ${row}, column ${difference.column}`,
    got: difference.got === undefined ? 'nothing' : difference.got.toFixed(4),
    hint: 'This machine computes something else than the model’s maker saw: check colour order, range, mean and std.',
  });
}

function planes({ input }: ChangeContract, data: Uint8Array, width: number, height: number): Float32Array {
  const into = new Float32Array(3 * width * height);
  fillInput({ data, width, height, channels: 3 }, wholeTile(width, height), { ...input, pad: 0 }, into, {
    width,
    height,
  });
  return into;
}

/** Rows of an RGB picture in reverse order. */
function upsideDown(data: Uint8Array, width: number, height: number): Uint8Array {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    turned.set(data.subarray((height - 1 - y) * width * 3, (height - y) * width * 3), y * width * 3);
  }
  return turned;
}
