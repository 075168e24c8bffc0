import type { CheckList } from './checkList.js';
import type { DetectContract } from './contract.js';
import { outputNames } from './decoders/index.js';
import type { Runtime, TensorSpec } from './runtime.js';

/**
 * Checks what a model declares: names, types and shapes of inputs and outputs.
 * @returns whether it can be run
 */
export function checkTensors(contract: DetectContract, runtime: Runtime, list: CheckList): boolean {
  const input = checkInput(contract, runtime, list);
  const outputs = outputNames(contract).map((name) => checkOutputSpec(name, runtime, list));
  return input && outputs.every((ok) => ok);
}

function checkInput({ input, golden }: DetectContract, { inputs }: Runtime, list: CheckList): boolean {
  const spec = inputs.find(({ name }) => name === input.name);
  if (!spec || inputs.length > 1) {
    list.differs('input', {
      expected: `one input, "${input.name}"`,
      got: namesOf(inputs),
      hint: spec
        ? 'Export the model without further inputs (such as the size of the photo).'
        : 'Set "input.name" in the contract to the name of the input.',
    });
    return false;
  }
  const shown = `"${spec.name}", ${spec.type} ${shapeOf(spec.dims)}`;
  if (spec.type !== 'float32') {
    const hint = 'Export the model with 32-bit float inputs.';
    list.differs('input', { expected: `"${input.name}", float32`, got: shown, hint });
    return false;
  }
  const wanted = [1, 3, input.tile, input.tile];
  if (!fits(spec.dims, wanted)) {
    const hint = 'Set "input.tile" in the contract to the side that the model was exported with.';
    list.differs('input', { expected: `"${input.name}", float32 ${shapeOf(wanted)}`, got: shown, hint });
    return false;
  }
  if (golden && !fits(spec.dims, [1, 3, golden.input.height, golden.input.width])) {
    list.differs('input', {
      expected: `an input that takes the ${golden.input.width}×${golden.input.height} picture of "golden"`,
      got: shown,
      hint: 'Make the golden vectors again at the size of the model’s input.',
    });
    return false;
  }
  list.ok('input', shown);
  return true;
}

/** Checks one declared output. */
export function checkOutputSpec(name: string, { outputs }: Runtime, list: CheckList): boolean {
  const spec = outputs.find((output) => output.name === name);
  if (!spec) {
    const hint = 'Set the names under "output" in the contract to those of the model.';
    list.differs('output', { expected: `"${name}"`, got: namesOf(outputs), hint });
    return false;
  }
  const shown = `"${spec.name}", ${spec.type} ${shapeOf(spec.dims)}`;
  if (spec.type !== 'float32') {
    const hint = 'Export the model with 32-bit float outputs.';
    list.differs('output', { expected: `"${name}", float32`, got: shown, hint });
    return false;
  }
  list.ok('output', shown);
  return true;
}

/** Whether sizes agree; one that the model leaves open agrees with any. */
export function fits(dims: readonly (number | null)[], wanted: readonly number[]): boolean {
  return dims.length === wanted.length && dims.every((size, k) => size === null || size === wanted[k]);
}

export function shapeOf(dims: readonly (number | null)[]): string {
  return `[${dims.map((size) => size ?? '?').join(', ')}]`;
}

function namesOf(specs: readonly TensorSpec[]): string {
  return specs.map(({ name }) => `"${name}"`).join(', ') || 'none';
}
