import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { messageOf, UserError } from '../errors.js';

/** A tensor as plain data. */
export interface PlainTensor {
  data: Float32Array;
  dims: readonly number[];
}

/** A loaded model, ready to run: the only face of the runtime that the rest of the room sees. */
export interface Runtime {
  inputNames: readonly string[];
  outputNames: readonly string[];
  /** Runs once; only 32-bit float outputs come back. */
  run(inputs: Record<string, PlainTensor>): Promise<Record<string, PlainTensor>>;
}

const loaded = new Map<string, Promise<Runtime>>();

/**
 * Loads a model on the CPU. One session a file and process, since creating and releasing them grows memory.
 * @param bytes content of the .onnx file
 * @param key identifies the content, usually its SHA-256
 * @param threads of the runtime, 0 for as many as there are cores
 */
export function loadRuntime(bytes: Uint8Array, key: string, threads = 0): Promise<Runtime> {
  const cached = loaded.get(key);
  if (cached) return cached;
  const runtime = create(bytes, threads);
  loaded.set(key, runtime);
  runtime.catch(() => loaded.delete(key));
  return runtime;
}

async function create(bytes: Uint8Array, threads: number): Promise<Runtime> {
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      // Errors come as exceptions; nothing of the runtime's own belongs on stderr.
      logSeverityLevel: 4,
      ...(threads > 0 ? { intraOpNumThreads: threads } : {}),
    });
  } catch (error) {
    throw new UserError(
      `expected a model that ONNX Runtime can load, got: ${messageOf(error).split('\n')[0]}`,
      'Export the model again, with operators of opset 20 or below.',
    );
  }
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(inputs) {
      const feeds: Record<string, OrtTensor> = {};
      for (const [name, { data, dims }] of Object.entries(inputs)) {
        feeds[name] = new ort.Tensor('float32', data, [...dims]);
      }
      const results = await session.run(feeds);
      const outputs: Record<string, PlainTensor> = {};
      for (const [name, tensor] of Object.entries(results)) {
        if (tensor.data instanceof Float32Array) outputs[name] = { data: tensor.data, dims: tensor.dims };
      }
      return outputs;
    },
  };
}
