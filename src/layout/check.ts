import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { sha256OfFile } from '../sha256.js';
import { checkPlaces } from './checkPlaces.js';
import { checkTolerances } from './checkTolerances.js';
import { type ReferenceFolder, readReferenceFolder } from './referenceFolder.js';
import { today } from './tolerances.js';

/** Something wrong, or doubtful, in a reference folder. */
export interface Problem {
  /** An error makes inspections fail or lie; a warning is worth a look. */
  severity: 'error' | 'warning';
  /** File of the folder, and what in it: "reference.json sites.R1". */
  where: string;
  /** One sentence without a full stop. */
  message: string;
}

/** Files that belong into a reference folder, beside the golden photos that its description names. */
const OWN = ['reference.json', 'reference.previous.json', 'features.bin', 'parts.json', 'variation.bin'];
/** More names of unknown files help no one. */
const MAX_UNKNOWN = 20;

/**
 * Looks through a reference folder: hashes, golden photos, sites, regions, caches, files that do not belong. Nothing is
 * written.
 * @param model path of the detector in use, to tell whether the kept parts are of it; left out, that is not checked
 * @returns errors before warnings
 * @throws UserError when the folder is no reference folder at all
 */
export async function checkReference(folder: string, model?: string): Promise<Problem[]> {
  let reference: ReferenceFolder;
  try {
    reference = await readReferenceFolder(folder);
  } catch (error) {
    if (!(error instanceof UserError) || !(await isFile(join(folder, OWN[0]!)))) throw error;
    // Nothing else can be told of a description that cannot be read, or that names a file that is not its own.
    return [{ severity: 'error', where: folder, message: error.message }];
  }
  const problems = [
    ...(await checkGolden(folder, reference)),
    ...checkPlaces(reference.description),
    ...checkTolerances(reference.description, today()),
    ...(await checkCaches(folder, reference, model)),
    ...(await checkFiles(folder, reference)),
  ];
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity === 'warning'),
  ];
}

async function checkGolden(folder: string, { description: { golden } }: ReferenceFolder): Promise<Problem[]> {
  if (golden.length === 0) {
    return [
      {
        severity: 'warning',
        where: 'reference.json golden',
        message: 'there is no golden photo yet: the reference can be looked at, not compared with',
      },
    ];
  }
  const problems: Problem[] = [];
  const fail = (where: string, message: string) => problems.push({ severity: 'error', where, message });
  if (golden[0]!.file === null)
    fail('reference.json golden.0', 'the first golden photo is the frame, and it is not kept');
  const seen = new Set<string>();
  for (const { file, sha256 } of golden) {
    if (file === null) continue;
    if (seen.has(file)) fail('reference.json golden', `${file} is named twice`);
    seen.add(file);
    const hash = await hashOf(join(folder, file));
    if (hash === null) fail(file, 'the golden photo is missing or cannot be read');
    else if (hash !== sha256)
      fail(file, `expected SHA-256 ${sha256}, got ${hash}: the golden photo was altered`);
  }
  return problems;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** Hash of a file, read piece by piece; null when it cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  // Not a pipe, which would be waited for.
  if (!(await isFile(path))) return null;
  return sha256OfFile(path).catch(() => null);
}

/** Caches of another model or picture slow an inspection down or mislead it; they are made again when deleted. */
async function checkCaches(
  folder: string,
  { description, features, parts }: ReferenceFolder,
  model: string | undefined,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const warn = (where: string, message: string) => problems.push({ severity: 'warning', where, message });
  const { width, height } = description.frame;
  const sets = Object.values(features);
  if (sets.length === 0 && (await isFile(join(folder, 'features.bin')))) {
    warn('features.bin', 'it is damaged: features are looked for again at every inspection; delete it');
  }
  if (sets.some(({ points }) => beyond(points, width, height))) {
    warn('features.bin', 'it is stale: it has features outside of the frame; delete it');
  }
  if (!parts && (await isFile(join(folder, 'parts.json')))) {
    warn('parts.json', 'it is damaged: parts are looked for again at every inspection; delete it');
  }
  if (parts?.parts.some(([x, y, w, h]) => x >= width || y >= height || x + w <= 0 || y + h <= 0)) {
    warn('parts.json', 'it is stale: it has parts outside of the frame; delete it');
  }
  const used = parts && model !== undefined ? await hashOf(model) : null;
  if (used !== null && parts?.modelSha256 !== used) {
    warn('parts.json', 'it is stale: another detector than the one in use saw its parts');
  }
  return problems;
}

/** Whether any of x, y, x, y, … lies more than a pixel outside of a frame. */
function beyond(points: Float32Array, width: number, height: number): boolean {
  for (let k = 0; k + 1 < points.length; k += 2) {
    const x = points[k]!;
    const y = points[k + 1]!;
    if (!(x >= -1 && x <= width + 1 && y >= -1 && y <= height + 1)) return true;
  }
  return false;
}

async function checkFiles(folder: string, { description, variation }: ReferenceFolder): Promise<Problem[]> {
  const known = new Set([...OWN, ...description.golden.flatMap(({ file }) => file ?? [])]);
  const names = (await readdir(folder)).sort();
  const unknown = names.filter((name) => !known.has(name));
  const problems = unknown.slice(0, MAX_UNKNOWN).map((where): Problem => {
    const message = /^golden-\d+\.[a-z]+$/.test(where)
      ? 'the description names no such golden photo'
      : 'it does not belong into a reference folder';
    return { severity: 'warning', where, message };
  });
  if (unknown.length > MAX_UNKNOWN) {
    const message = `${unknown.length - MAX_UNKNOWN} more files do not belong into a reference folder`;
    problems.push({ severity: 'warning', where: folder, message });
  }
  if (!variation && names.includes('variation.bin')) {
    problems.push({
      severity: 'warning',
      where: 'variation.bin',
      message: 'the description does not name it',
    });
  }
  return problems;
}
