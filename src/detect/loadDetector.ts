import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import type { Raster } from '../photo/index.js';
import { contractSchema, type ModelContract } from './contract.js';
import type { Detections } from './detections.js';
import { type DetectOptions, detectParts } from './detectParts.js';
import { goldenDifference, latticePattern } from './golden.js';
import { loadRuntime, type Runtime } from './runtime.js';
import { fillInput } from './tiles.js';

/** Largest model file that is read: ten times the largest detector in common use. */
const MAX_MODEL_BYTES = 1024 * 2 ** 20;
const MAX_CONTRACT_BYTES = 4 * 2 ** 20;

/** A checked model, ready to look at photos. */
export interface Detector {
  contract: ModelContract;
  /** Of the .onnx file. */
  sha256: string;
  detect(photo: Raster, options?: DetectOptions): Promise<Detections>;
}

/** One check of a model against its contract. */
export interface ModelCheck {
  /** What was checked, in a few words. */
  name: string;
  ok: boolean;
  /** What was found, or what differs. */
  detail: string;
}

/** The detector that comes with the program. */
export function builtInModel(): string {
  return fileURLToPath(new URL('../../models/detector.onnx', import.meta.url));
}

/** Options of {@link loadDetector}. */
export interface LoadOptions {
  /** Threads of the runtime; default: as many as there are cores. */
  threads?: number;
}

/**
 * Loads a detector and holds it against its contract.
 * @param modelFile the .onnx or the .json beside it; default: the built-in model
 * @throws UserError in one line that says what differs
 */
export async function loadDetector(
  modelFile: string = builtInModel(),
  { threads = 0 }: LoadOptions = {},
): Promise<Detector> {
  const { runtime, contract, sha256, checks } = await examine(modelFile, threads);
  const failed = checks.find(({ ok }) => !ok);
  if (failed || !runtime || !contract) {
    throw new UserError(
      `${modelFile}: the model does not fit its contract: ${failed?.name}: ${failed?.detail}`,
      'See all checks with: boardiff model check FILE',
    );
  }
  return { contract, sha256, detect: (photo, options) => detectParts(photo, contract, runtime, options) };
}

/** Checks a model file against its contract, one result a check; stops where going on makes no sense. */
export async function checkModel(modelFile: string = builtInModel()): Promise<ModelCheck[]> {
  return (await examine(modelFile, 0)).checks;
}

interface Examination {
  checks: ModelCheck[];
  sha256: string;
  contract?: ModelContract;
  runtime?: Runtime;
}

async function examine(modelFile: string, threads: number): Promise<Examination> {
  const checks: ModelCheck[] = [];
  const result: Examination = { checks, sha256: '' };
  const note = (name: string, ok: boolean, detail: string) => {
    checks.push({ name, ok, detail });
    return ok;
  };
  const contractPath = modelFile.replace(/\.(onnx|json)$/i, '') + '.json';
  const contract = await readContract(contractPath);
  if (typeof contract === 'string') {
    note('contract', false, contract);
    return result;
  }
  note('contract', true, `${basename(contractPath)}: ${contract.name} ${contract.version}`);
  const modelPath = join(dirname(contractPath), contract.file);
  const bytes = await readModel(modelPath);
  if (typeof bytes === 'string') {
    note('file', false, bytes);
    return result;
  }
  result.sha256 = createHash('sha256').update(bytes).digest('hex');
  const same = result.sha256 === contract.sha256;
  if (!note('SHA-256', same, same ? result.sha256 : `expected ${contract.sha256}, got ${result.sha256}`)) return result;
  let runtime: Runtime;
  try {
    runtime = await loadRuntime(bytes, result.sha256, threads);
  } catch (error) {
    note('runtime', false, messageOf(error));
    return result;
  }
  note('runtime', true, 'ONNX Runtime loads it');
  if (!checkNames(note, contract, runtime)) return result;
  if (await checkGolden(note, contract, runtime)) Object.assign(result, { contract, runtime });
  return result;
}

type Note = (name: string, ok: boolean, detail: string) => boolean;

function checkNames(note: Note, { input, output }: ModelContract, runtime: Runtime): boolean {
  const hasInput = runtime.inputNames.includes(input.name);
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  note('input', hasInput, hasInput ? input.name : `expected "${input.name}", got ${list(runtime.inputNames)}`);
  const wanted = [output.name, ...(output.scoresName ? [output.scoresName] : [])];
  const missing = wanted.filter((name) => !runtime.outputNames.includes(name));
  const ok = missing.length === 0;
  note('output', ok, ok ? wanted.join(', ') : `expected ${list(missing)}, got ${list(runtime.outputNames)}`);
  return hasInput && ok;
}

/** Runs the model on a small picture: with golden vectors it must give them, without it must at least decode. */
async function checkGolden(note: Note, contract: ModelContract, runtime: Runtime): Promise<boolean> {
  const { golden, input, output } = contract;
  const side = input.resize === 'tile' && !golden ? Math.min(input.tile, 128) : input.tile;
  const width = golden?.input.width ?? side;
  const height = golden?.input.height ?? side;
  const picture: Raster = { data: latticePattern(width, height), width, height, channels: 3 };
  try {
    if (!golden) {
      await detectParts(picture, { ...contract, input: { ...input, scales: [1] } }, runtime, {});
      return note('output shape', true, 'decodes; the contract has no golden vectors to compare with');
    }
    const buffer = new Float32Array(3 * width * height);
    const tile = { x: 0, y: 0, width, height, outer: [true, true, true, true] as [true, true, true, true] };
    fillInput(picture, tile, input, buffer, width, height);
    const outputs = await runtime.run({ [input.name]: { data: buffer, dims: [1, 3, height, width] } });
    const difference = goldenDifference(outputs[output.name]!, golden.expect, golden.tolerance);
    return note('golden vectors', difference === null, difference ?? `${golden.expect.length} rows reproduced`);
  } catch (error) {
    return note('run', false, messageOf(error).split('\n')[0]!);
  }
}

/** The contract, or what is wrong with it. */
async function readContract(path: string): Promise<ModelContract | string> {
  let parsed: z.ZodSafeParseResult<ModelContract>;
  try {
    const info = await stat(path);
    if (info.size > MAX_CONTRACT_BYTES) return `${path}: larger than ${MAX_CONTRACT_BYTES >> 20} MiB`;
    parsed = contractSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return missing
      ? `expected a contract ${basename(path)} beside the .onnx, got none; docs/models.md says how to write one`
      : `${path}: expected JSON, got: ${messageOf(error)}`;
  }
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  return `${basename(path)}: at ${issue.path.join('.') || 'the top'}: ${issue.message}`;
}

/** The model's bytes, or what is wrong with the file. */
async function readModel(path: string): Promise<Uint8Array | string> {
  try {
    const info = await stat(path);
    if (info.size > MAX_MODEL_BYTES) return `${path}: larger than ${MAX_MODEL_BYTES >> 20} MiB`;
    return await readFile(path);
  } catch {
    return `${path}: expected the model file, got none that can be read`;
  }
}
