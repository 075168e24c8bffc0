import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { SeenPart } from './compare/index.js';
import { type Detections, type Detector, detectionAt } from './detect/index.js';
import { UserError } from './errors.js';
import type { Box, Point } from './geometry/index.js';
import { insidePolygon } from './geometry/index.js';
import {
  type KeptParts,
  REFERENCE_VERSION,
  readReferenceFolder,
  type Site,
  writeReferenceFolder,
} from './layout/index.js';
import { measureQuality, type Photo, type Raster, type ReadOptions, readPhoto } from './photo/index.js';
import {
  findBoardOutline,
  prepareReference,
  type RegistrationReference,
  takeAllFeatures,
} from './register/index.js';
import { VERSION } from './version.js';

/** A reference in memory, ready to compare photos with. Places are in reference-frame pixels. */
export interface Reference {
  name: string;
  sha256: string;
  width: number;
  height: number;
  mmPerPixel: number | null;
  outline: readonly Point[];
  /** False when the board could not be told from its background, so that everything counts as board. */
  outlineFound: boolean;
  sites: readonly Site[];
  /** The first golden photo, RGB. */
  golden: Raster;
  /** Sharpness of the golden photo, as in PhotoQuality. */
  goldenSharpness: number;
  /** Parts that the detector in use sees in the golden photo, down to its weak threshold. */
  goldenParts: readonly SeenPart[];
  registration: RegistrationReference;
}

/**
 * Opens what `--reference` names: a reference folder, or a golden photo from which a reference is learnt at once.
 * @throws UserError when it is neither, or damaged
 */
export async function openReference(
  path: string,
  detector: Detector,
  options: ReadOptions = {},
): Promise<Reference> {
  const info = await stat(path).catch(() => null);
  if (!info) {
    throw new UserError(
      `${path}: expected a reference folder or a golden photo, got nothing: no such file`,
      'Make a reference with: boardiff reference create GOLDEN.jpg -o DIR',
    );
  }
  if (info.isDirectory()) return openFolder(path, detector, options);
  const photo = await readPhoto(path, options);
  return learn(photo, basename(path), detector);
}

async function openFolder(path: string, detector: Detector, options: ReadOptions): Promise<Reference> {
  const { description, sha256, goldenPaths, features, parts } = await readReferenceFolder(path);
  const { frame, outline, golden } = description;
  const photo = await readPhoto(goldenPaths[0]!, options);
  if (photo.sha256 !== golden[0]!.sha256) {
    throw new UserError(
      `${goldenPaths[0]}: expected the golden photo with SHA-256 ${golden[0]!.sha256}, got ${photo.sha256}`,
      'The reference was altered: restore it, or make it again.',
    );
  }
  if (photo.pixels.width !== frame.width || photo.pixels.height !== frame.height) {
    throw new UserError(
      `${path}: expected a golden photo of ${frame.width}×${frame.height}, got ${photo.pixels.width}×${photo.pixels.height}`,
      'Make the reference again.',
    );
  }
  const kept = parts && parts.modelSha256 === detector.sha256 ? unpackParts(parts, detector) : null;
  return {
    name: description.name,
    sha256,
    ...frame,
    outline: outline.polygon,
    outlineFound: outline.found,
    sites: description.sites,
    golden: photo.pixels,
    goldenSharpness: measureQuality(photo.pixels).sharpness,
    goldenParts: kept ?? (await seeParts(photo.pixels, detector)),
    registration: await prepareReference(photo.pixels, outline.polygon, features),
  };
}

/** Learns a reference from one golden photo: outline, parts, sites. */
async function learn(photo: Photo, name: string, detector: Detector): Promise<Reference> {
  const reference = await learnPixels(photo.pixels, detector);
  return { ...reference, name, sha256: photo.sha256 };
}

/** The same from pixels alone, for programs that have no file: name and hash are left to the caller. */
export async function learnPixels(golden: Raster, detector: Detector): Promise<Reference> {
  const outline = await findBoardOutline(golden);
  const goldenParts = await seeParts(golden, detector);
  return {
    name: 'golden photo',
    sha256: createHash('sha256').update(golden.data).digest('hex'),
    width: golden.width,
    height: golden.height,
    mmPerPixel: null,
    outline: outline.polygon,
    outlineFound: outline.found,
    sites: sitesOf(goldenParts, outline.polygon, detector.contract.thresholds.score),
    golden,
    goldenSharpness: measureQuality(golden).sharpness,
    goldenParts,
    registration: await prepareReference(golden, outline.polygon),
  };
}

/** All parts that a detector sees, down to its weak threshold. */
export async function seeParts(picture: Raster, detector: Detector): Promise<SeenPart[]> {
  return toParts(await detector.detect(picture, { threshold: detector.contract.thresholds.weak }));
}

function toParts(detections: Detections): SeenPart[] {
  return Array.from({ length: detections.count }, (_, k) => detectionAt(detections, k));
}

/** Confident parts on the board, numbered in reading order. */
function sitesOf(parts: readonly SeenPart[], outline: readonly Point[], confident: number): Site[] {
  const onBoard = parts.filter(
    ({ box, score }) =>
      score >= confident && insidePolygon(outline, [box.x + box.width / 2, box.y + box.height / 2]),
  );
  const band = 40; // rows of parts that a reader takes for one line
  onBoard.sort((a, b) => Math.floor(a.box.y / band) - Math.floor(b.box.y / band) || a.box.x - b.box.x);
  return onBoard.map(({ box, label, score }, k) => ({
    id: `S${k + 1}`,
    label,
    expected: 'fitted',
    box: roundBox(box),
    score: round(score, 1000),
  }));
}

/** Options of {@link createReference}. */
export interface CreateOptions extends ReadOptions {
  /** Name of the board; default: the golden photo's file name. */
  name?: string;
  /** Millimetres a pixel, where known. */
  mmPerPixel?: number;
  /** Replace a reference that is there already. */
  force?: boolean;
}

/**
 * Learns a reference from a golden photo and writes it to a folder.
 * @returns the reference as written
 * @throws UserError when the photo cannot be read or the folder not be written
 */
export async function createReference(
  goldenPath: string,
  folder: string,
  detector: Detector,
  options: CreateOptions = {},
): Promise<Reference> {
  const photo = await readPhoto(goldenPath, options);
  const learnt = await learn(photo, options.name ?? basename(goldenPath, extname(goldenPath)), detector);
  const extension =
    extname(goldenPath)
      .toLowerCase()
      .replace(/[^.a-z]/g, '') || '.jpg';
  await writeReferenceFolder(
    folder,
    {
      description: {
        schemaVersion: REFERENCE_VERSION,
        name: learnt.name,
        source: { kind: 'photos', file: null, side: null, lacks: [] },
        variation: null,
        variants: [],
        regions: [],
        tool: { name: 'boardiff', version: VERSION },
        frame: { width: learnt.width, height: learnt.height, mmPerPixel: options.mmPerPixel ?? null },
        golden: [{ file: `golden-1${extension}`, sha256: photo.sha256, originalName: basename(goldenPath) }],
        outline: {
          polygon: learnt.outline.map(([x, y]) => [round(x, 10), round(y, 10)]),
          found: learnt.outlineFound,
        },
        sites: [...learnt.sites],
      },
      golden: [await readFile(goldenPath)],
      features: await takeAllFeatures(learnt.registration),
      parts: packParts(learnt.goldenParts, detector),
    },
    options.force ?? false,
  );
  return openFolder(folder, detector, options);
}

function packParts(parts: readonly SeenPart[], detector: Detector): KeptParts {
  return {
    modelSha256: detector.sha256,
    parts: parts.map(({ box, score, label, labelScore }) => [
      round(box.x, 100),
      round(box.y, 100),
      round(box.width, 100),
      round(box.height, 100),
      round(score, 1e4),
      detector.contract.classes.indexOf(label),
      round(labelScore, 1e4),
    ]),
  };
}

function unpackParts({ parts }: KeptParts, detector: Detector): SeenPart[] {
  return parts.map(([x, y, width, height, score, label, labelScore]) => ({
    box: { x, y, width, height },
    score,
    label: detector.contract.classes[label] ?? 'part',
    labelScore,
  }));
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}

function roundBox({ x, y, width, height }: Box): Box {
  return { x: round(x, 10), y: round(y, 10), width: round(width, 10), height: round(height, 10) };
}
