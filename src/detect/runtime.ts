import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { messageOf, UserError } from '../errors.js';

/** A tensor as plain data. */
export interface PlainTensor {
  data: Float32Array;
  dims: readonly number[];
}

/** What a model declares of one of its inputs or outputs. */
export interface TensorSpec {
  name: string;
  /** As ONNX Runtime calls it, such as "float32"; "none" for what is no tensor. */
  type: string;
  /** Sizes; null where the model leaves one open. */
  dims: readonly (number | null)[];
}

/** A loaded model, ready to run: the only face of the runtime that the rest of the room sees. */
export interface Runtime {
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  /** Runs once and gives the 32-bit float outputs. Throws a UserError when the model does not take the input. */
  run(inputs: Record<string, PlainTensor>): Promise<Record<string, PlainTensor>>;
  /** Gives its memory back; it cannot run any more. */
  release(): Promise<void>;
}

const loaded = new Map<string, Promise<Runtime>>();

/**
 * Loads a model on the CPU. One session a content and process, since creating and releasing them grows memory; a
 * model that is already loaded keeps the number of threads that it was loaded with.
 * @param bytes content of the .onnx file
 * @param sha256 of the content
 * @param threads of the runtime, 0 for as many as there are cores
 * @throws UserError when ONNX Runtime does not take the model
 */
export function loadRuntime(bytes: Uint8Array, sha256: string, threads: number): Promise<Runtime> {
  const cached = loaded.get(sha256);
  if (cached) return cached;
  const runtime = create(bytes, threads);
  loaded.set(sha256, runtime);
  runtime.catch(() => loaded.delete(sha256));
  return runtime;
}

/**
 * Gives the memory of all loaded models back; none of them can run any more. For a program that has nothing left to do but
 * draw and write.
 */
export async function releaseModels(): Promise<void> {
  const runtimes = [...loaded.values()];
  loaded.clear();
  for (const runtime of await Promise.all(runtimes)) await runtime.release();
}

async function create(bytes: Uint8Array, threads: number): Promise<Runtime> {
  // Loaded here and not at the top: `--help` must not wait for it.
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      // 4, fatal only: at 3 an operator that fails prints in colour on stderr, beside the exception.
      logSeverityLevel: 4,
      // Laid out in advance, the model's values take a third more memory than asked for one by one, and no less time.
      enableMemPattern: false,
      ...(threads > 0 ? { intraOpNumThreads: threads } : {}),
    });
  } catch (error) {
    throw new UserError(
      `expected a model that ONNX Runtime can load, got: ${oneLine(error)}`,
      'Export the model again as one file, with operators of opset 20 or below.',
    );
  }
  return {
    inputs: session.inputMetadata.map(specOf),
    outputs: session.outputMetadata.map(specOf),
    async run(inputs) {
      const feeds: Record<string, OrtTensor> = {};
      for (const [name, { data, dims }] of Object.entries(inputs)) {
        feeds[name] = new ort.Tensor('float32', data, [...dims]);
      }
      let results: InferenceSession.OnnxValueMapType;
      try {
        results = await session.run(feeds);
      } catch (error) {
        const shapes = Object.values(inputs).map(({ dims }) => `[${dims.join(', ')}]`);
        throw new UserError(
          `expected the model to run on ${shapes.join(', ')}, got ${oneLine(error)}`,
          'Check "input.tile" and "input.multipleOf" in the contract: equal, they make every input a whole tile.',
        );
      }
      const outputs: Record<string, PlainTensor> = {};
      for (const [name, tensor] of Object.entries(results)) {
        if (tensor.data instanceof Float32Array) outputs[name] = { data: tensor.data, dims: tensor.dims };
      }
      return outputs;
    },
    release: () => session.release(),
  };
}

/** The size of input that a model insists on, in pixels; null where it takes any. */
export function fixedInput({ inputs }: Runtime, name: string): { width: number; height: number } | null {
  const dims = inputs.find((input) => input.name === name)?.dims;
  const [height, width] = [dims?.[2], dims?.[3]];
  return height && width ? { width, height } : null;
}

/** What ONNX Runtime says, without its line breaks. */
function oneLine(error: unknown): string {
  return messageOf(error).replace(/\s+/g, ' ').trim();
}

function specOf(value: InferenceSession.ValueMetadata): TensorSpec {
  if (!value.isTensor) return { name: value.name, type: 'none', dims: [] };
  const dims = value.shape.map((size) => (typeof size === 'number' && size > 0 ? size : null));
  return { name: value.name, type: value.type, dims };
}
