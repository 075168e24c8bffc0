import type { Candidate } from './choose/index.js';
import { builtInModel } from './detect/builtInModel.js';
import {
  contractPathOf,
  isMismatch,
  type Mismatch,
  readContract,
  readModelBytes,
} from './detect/modelFiles.js';
import { messageOf, UserError } from './errors.js';
import { sha256OfFile } from './sha256.js';
import { VERSION } from './version.js';

/** What a worker is opened with: what decides, beside photo and reference, how an inspection ends. */
export interface ScanSettings {
  /** The one reference of all photos, opened before the first of them; default: each when it is needed. */
  first?: Candidate | undefined;
  /** Another part detector; default: the built-in one. */
  model?: string | undefined;
  falseCalls?: number | undefined;
  maxPixels?: number | undefined;
}

/**
 * A text that changes with everything that results depend on beside photo and reference: models and their contracts,
 * settings, program. Loads no model.
 * @throws UserError when one of the files cannot be read
 */
export async function scanIdentity({ model, ...settings }: ScanSettings): Promise<string> {
  const models: string[] = [];
  for (const file of [model ?? builtInModel('detect'), builtInModel('change')]) {
    const path = contractPathOf(file);
    const contract = await readContract(path);
    if (isMismatch(contract)) throw wrongModel(file, contract);
    const bytes = await readModelBytes(path, contract);
    if (isMismatch(bytes)) throw wrongModel(file, bytes);
    models.push(await hashOf(path), bytes.sha256);
  }
  const { falseCalls = null, maxPixels = null } = settings;
  return JSON.stringify({ version: VERSION, models, falseCalls, maxPixels });
}

function wrongModel(file: string, { expected, got, hint }: Mismatch): UserError {
  return new UserError(`${file}: expected ${expected}, got ${got}`, hint);
}

async function hashOf(path: string): Promise<string> {
  try {
    return await sha256OfFile(path);
  } catch (error) {
    throw new UserError(`${path}: expected a file that can be read: ${messageOf(error)}`);
  }
}
