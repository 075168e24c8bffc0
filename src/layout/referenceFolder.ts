import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import { writeAtomically } from '../files.js';
import { placeInside, readInside } from '../readInside.js';
import type { FeatureKind, Features } from '../register/index.js';
import { sha256 } from '../sha256.js';
import { decodeFeatures, encodeFeatures } from './featureFile.js';
import { migrate } from './migrate.js';
import { REFERENCE_VERSION, type ReferenceFile, referenceSchema } from './schema.js';
import { toText } from './toText.js';

const FILE = 'reference.json';
const FEATURES = 'features.bin';
const PARTS = 'parts.json';
const VARIATION = 'variation.bin';
/** What reference.json held before the last change. */
const PREVIOUS = 'reference.previous.json';
/** Larger than any layout of {@link MAX_SITES} sites. */
const MAX_JSON_BYTES = 64 * 2 ** 20;
/** Of parts, features and variation: ten times those of a photo of 48 megapixels. */
const MAX_CACHE_BYTES = 64 * 2 ** 20;

/** Parts that a model saw in the golden photo, kept so that they need not be looked for at every inspection. */
export interface KeptParts {
  /** Of the model that saw them; another model looks again. */
  modelSha256: string;
  /** x, y, width, height, part score, class index and class score of each, in reference pixels. */
  parts: [number, number, number, number, number, number, number][];
}

/** A reference folder as read from disk. */
export interface ReferenceFolder {
  description: ReferenceFile;
  /** Of reference.json, which holds the hashes of the golden photos: it stands for the whole. */
  sha256: string;
  /** Paths of the golden photos that were kept, the frame first; all lie in the folder. */
  goldenPaths: string[];
  /** How much good boards differ, as `description.variation` names it; null where it names none. */
  variation: Buffer | null;
  features: Partial<Record<FeatureKind, Features>>;
  parts: KeptParts | null;
}

/** What to put into a new reference folder. */
export interface NewReference {
  description: ReferenceFile;
  /** Bytes of the golden photos, in the order of those of `description.golden` that name a file. */
  golden: Uint8Array[];
  /** As `description.variation` names it. */
  variation?: Uint8Array;
  features: Features[];
  parts: KeptParts | null;
}

const partsSchema = z.strictObject({
  modelSha256: z.string(),
  parts: z
    .array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]))
    .max(100_000),
});

/** Reads what a reference folder says of itself, and nothing beside it. @throws UserError as {@link readReferenceFolder} */
export async function readDescription(
  folder: string,
): Promise<Pick<ReferenceFolder, 'description' | 'sha256' | 'goldenPaths'>> {
  const path = join(folder, FILE);
  const text = await readText(path, folder);
  const description = parse(text, path);
  return {
    description,
    sha256: sha256(text),
    goldenPaths: await Promise.all(keptFiles(description).map((file) => placeInside(folder, file))),
  };
}

/**
 * Reads a reference folder. Caches that are missing or damaged are left out; they can be made again.
 * @throws UserError naming the file and what is wrong with it
 */
export async function readReferenceFolder(folder: string): Promise<ReferenceFolder> {
  const about = await readDescription(folder);
  return {
    ...about,
    variation: await readVariation(folder, about.description),
    features: decodeFeatures((await readCache(folder, FEATURES)) ?? Buffer.alloc(0)) ?? {},
    parts: await readParts(folder),
  };
}

/**
 * Writes a reference folder as a whole: it appears complete or not at all.
 * @param replace whether an existing reference may be replaced
 * @throws UserError when something else is in the way
 */
export async function writeReferenceFolder(
  folder: string,
  { description, golden, variation, features, parts }: NewReference,
  replace: boolean,
): Promise<void> {
  await refuseOccupied(folder, replace);
  const draft = join(dirname(folder), `.${basename(folder)}.draft-${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    for (const [k, file] of keptFiles(description).entries())
      await writeAtomically(join(draft, file), golden[k]!);
    if (variation) await writeAtomically(join(draft, VARIATION), variation);
    if (features.length > 0) await writeAtomically(join(draft, FEATURES), encodeFeatures(features));
    if (parts) await writeAtomically(join(draft, PARTS), `${JSON.stringify(parts)}\n`);
    await writeAtomically(join(draft, FILE), toText(description));
    // The old one steps aside before the new one takes its place, so that one of them is always whole on disk.
    const old = `${draft}-old`;
    await rename(folder, old).catch(() => {});
    await rename(draft, folder);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    if (error instanceof UserError) throw error;
    throw new UserError(`${folder}: expected to write a reference, but that failed: ${messageOf(error)}`);
  }
}

/**
 * Writes a changed description into a reference folder; what it held before stays beside it as
 * reference.previous.json.
 * @throws UserError when the description is none, or cannot be written
 */
export async function replaceDescription(folder: string, description: unknown): Promise<ReferenceFile> {
  const path = join(folder, FILE);
  const before = await readText(path, folder);
  const checked = check(description, path);
  try {
    await writeAtomically(join(folder, PREVIOUS), before);
    await writeAtomically(path, toText(checked));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: expected to write the reference, but that failed: ${messageOf(error)}`);
  }
  return checked;
}

function keptFiles({ golden }: ReferenceFile): string[] {
  return golden.flatMap(({ file }) => file ?? []);
}

async function refuseOccupied(folder: string, replace: boolean): Promise<void> {
  const info = await stat(folder).catch(() => null);
  if (!info) return;
  if (!info.isDirectory()) {
    throw new UserError(`${folder}: expected a folder to write the reference to, got a file`);
  }
  const names = await readdir(folder);
  if (names.length === 0) return;
  if (!names.includes(FILE)) {
    throw new UserError(
      `${folder}: expected a new or empty folder, got one with other files in it`,
      'Name another folder with -o.',
    );
  }
  if (!replace) {
    throw new UserError(
      `${folder}: a reference is there already`,
      'Name another folder with -o, or replace it with --force.',
    );
  }
}

async function readText(path: string, folder: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    throw new UserError(
      `${folder}: expected a reference folder with a ${FILE} in it, got none`,
      'Make one with: boardiff reference create GOLDEN.jpg -o DIR',
    );
  }
  return (await readInside(folder, FILE, MAX_JSON_BYTES)).toString('utf8');
}

function parse(text: string, path: string): ReferenceFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path}: expected JSON, got something else: ${messageOf(error)}`);
  }
  return check(migrate(value), path);
}

function check(value: unknown, path: string): ReferenceFile {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > REFERENCE_VERSION) {
    throw new UserError(
      `${path}: expected schema version ${REFERENCE_VERSION} or older, got ${version}`,
      'It was made by a newer boardiff: update this one.',
    );
  }
  const result = referenceSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new UserError(`${path}: at ${issue.path.join('.') || 'the top'}: ${issue.message}`);
  }
  const file = result.data;
  for (const list of ['sites', 'regions', 'tolerances'] as const) {
    const twice = firstRepeated((file[list] ?? []).map(({ id }) => id));
    if (twice !== null) throw new UserError(`${path}: at ${list}: expected unique ids, got "${twice}" twice`);
  }
  for (const [k, { variants }] of file.sites.entries()) {
    const unknown = Object.keys(variants ?? {}).find((name) => !file.variants.includes(name));
    if (unknown !== undefined) {
      throw new UserError(
        `${path}: at sites.${k}.variants: expected names of "variants", got "${unknown}"`,
        'Add it to "variants", or correct the spelling.',
      );
    }
  }
  return file;
}

function firstRepeated(ids: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

async function readVariation(folder: string, { variation }: ReferenceFile): Promise<Buffer | null> {
  if (!variation) return null;
  const path = join(folder, variation.file);
  const bytes = await readCache(folder, variation.file);
  if (!bytes) {
    throw new UserError(
      `${path}: expected what good boards vary in, got no such file`,
      'Make the reference again.',
    );
  }
  if (sha256(bytes) !== variation.sha256) {
    throw new UserError(
      `${path}: expected SHA-256 ${variation.sha256}, got ${sha256(bytes)}`,
      'The reference was altered: restore it, or make it again.',
    );
  }
  return bytes;
}

async function readParts(folder: string): Promise<KeptParts | null> {
  const bytes = await readCache(folder, PARTS);
  if (!bytes) return null;
  try {
    return partsSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

/** A file that may be missing; null then. @throws UserError when it is too large, no file or leads out of the folder */
async function readCache(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readInside(folder, name, MAX_CACHE_BYTES);
  } catch (error) {
    if (error instanceof UserError) throw error;
    return null;
  }
}
