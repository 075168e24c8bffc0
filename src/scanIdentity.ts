import { builtInModel } from './detect/builtInModel.js';
import {
  contractPathOf,
  isMismatch,
  type Mismatch,
  readContract,
  readModelBytes,
} from './detect/modelFiles.js';
import { messageOf, UserError } from './errors.js';
import { isReferenceFolder } from './isReferenceFolder.js';
import { inForce, readReferenceFolder, today } from './layout/index.js';
import { sha256OfFile } from './sha256.js';
import { VERSION } from './version.js';

/** What decides, beside the photo, how an inspection ends. All but the model's file stands in its results. */
export interface ScanSettings {
  /** Reference folder or golden photo. */
  reference: string;
  /** Another part detector; default: the built-in one. */
  model?: string | undefined;
  variant?: string | undefined;
  falseCalls?: number | undefined;
  maxPixels?: number | undefined;
}

/**
 * A text that changes with everything that results depend on beside the photo: content of reference, models and their
 * contracts, settings, program. Loads no model.
 * @throws UserError when one of the files cannot be read
 */
export async function scanIdentity({ reference, model, ...settings }: ScanSettings): Promise<string> {
  const board = (await isReferenceFolder(reference)) ? await identityOf(reference) : await hashOf(reference);
  const models: string[] = [];
  for (const file of [model ?? builtInModel('detect'), builtInModel('change')]) {
    const path = contractPathOf(file);
    const contract = await readContract(path);
    if (isMismatch(contract)) throw wrongModel(file, contract);
    const bytes = await readModelBytes(path, contract);
    if (isMismatch(bytes)) throw wrongModel(file, bytes);
    models.push(await hashOf(path), bytes.sha256);
  }
  const { variant = null, falseCalls = null, maxPixels = null } = settings;
  return JSON.stringify({ version: VERSION, board, models, variant, falseCalls, maxPixels });
}

/** Of a reference folder: what it holds, and which of its tolerances have not expired yet. */
async function identityOf(folder: string): Promise<string> {
  const { sha256, description } = await readReferenceFolder(folder);
  const holding = inForce(description.tolerances, today()).map(({ id }) => id);
  return [sha256, ...holding].join(' ');
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
