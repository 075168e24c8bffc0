import { basename } from 'node:path';
import type { ExpectedSite, SeenPart } from './compare/index.js';
import { type Detections, type Detector, detectionAt } from './detect/index.js';
import { UserError } from './errors.js';
import { type Box, boundingBox, boxIoU, growBox, insidePolygon, type Point } from './geometry/index.js';
import { isReferenceFolder } from './isReferenceFolder.js';
import {
  decodeVariation,
  type KeptParts,
  type Lack,
  type Region,
  readReferenceFolder,
  resolveSites,
  type Site,
  type Tolerance,
  type Variation,
} from './layout/index.js';
import { type Photo, type Raster, type ReadOptions, readPhoto } from './photo/index.js';
import { readGolden } from './readGolden.js';
import { findBoardOutline, prepareReference, type RegistrationReference } from './register/index.js';
import { sha256 } from './sha256.js';
import type { Witness } from './witnesses.js';

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
  sites: readonly ExpectedSite[];
  /** Places with rules of their own. */
  regions: readonly Region[];
  /** Differences that people accepted, expired ones among them. */
  tolerances: readonly Tolerance[];
  /** The fitting that `sites` expect; null for the plain one. */
  variant: string | null;
  /** What the source of the sites does not give. */
  lacks: readonly Lack[];
  /** The first golden photo, RGB. */
  golden: Raster;
  /** Parts that the detector in use sees in the golden photo, down to its weak threshold. */
  goldenParts: readonly SeenPart[];
  registration: RegistrationReference;
  /** Other good boards that are asked about differences to the first; none when learnt from one photo. */
  witnesses: readonly Witness[];
  /** How much good boards differ; null when learnt from one photo. */
  variation: Variation | null;
}

/** Options of {@link openReference}. */
export interface OpenOptions extends ReadOptions {
  /** Name of the fitting to compare with; default: the plain one. */
  variant?: string | undefined;
}

/**
 * Opens what `--reference` names: a reference folder, or a golden photo from which a reference is learnt at once.
 * @throws UserError when it is neither, or damaged
 */
export async function openReference(
  path: string,
  detector: Detector,
  options: OpenOptions = {},
): Promise<Reference> {
  if (await isReferenceFolder(path)) return openFolder(path, detector, options);
  if (options.variant !== undefined) {
    throw new UserError(
      `--variant: expected a reference folder that has variants, got a photo: ${path}`,
      'Make a reference with: boardiff reference create GOLDEN.jpg -o DIR',
    );
  }
  const photo = await readPhoto(path, options);
  return learn(photo, basename(path), detector);
}

async function openFolder(path: string, detector: Detector, options: OpenOptions): Promise<Reference> {
  const folder = await readReferenceFolder(path);
  const { description, goldenPaths, variation, features, parts } = folder;
  const { frame, outline } = description;
  const kept = description.golden.filter(({ file }) => file !== null);
  if (kept.length === 0) {
    throw new UserError(
      `${path}: expected a reference with a golden photo, got a layout alone`,
      'Import the layout again with --photo GOLDEN.jpg, so that it is fitted to a photo of a good board.',
    );
  }
  const variant = options.variant ?? null;
  const sites = resolveSites(description, variant);
  const read = (k: number) => readGolden(goldenPaths[k]!, kept[k]!.sha256, options);
  const photo = await read(0);
  if (photo.pixels.width !== frame.width || photo.pixels.height !== frame.height) {
    throw new UserError(
      `${path}: expected a golden photo of ${frame.width}×${frame.height}, got ${photo.pixels.width}×${photo.pixels.height}`,
      'Make the reference again.',
    );
  }
  const known = parts && parts.modelSha256 === detector.sha256 ? unpackParts(parts, detector) : null;
  const goldenParts = known ?? (await seeParts(photo.pixels, outline.polygon, detector));
  return {
    name: description.name,
    sha256: folder.sha256,
    ...frame,
    outline: outline.polygon,
    outlineFound: outline.found,
    sites: sites.map((site, k) => ({
      ...site,
      // What the golden photo shows follows from the plain fitting; only where that allows both it is looked up.
      shown: description.sites[k]!.expected === 'fitted' || isSeen(goldenParts, site, detector),
    })),
    regions: description.regions,
    tolerances: description.tolerances ?? [],
    variant,
    lacks: description.source.lacks,
    golden: photo.pixels,
    goldenParts,
    registration: await prepareReference(photo.pixels, outline.polygon, features),
    witnesses: kept.slice(1).map((_, k) => ({ load: async () => (await read(k + 1)).pixels })),
    variation: variation && decodeVariation(variation),
  };
}

/** Whether a detector is sure of a part at a site. */
function isSeen(parts: readonly SeenPart[], site: Site, detector: Detector): boolean {
  const { score: confident } = detector.contract.thresholds;
  return parts.some(({ box, score }) => score >= confident && boxIoU(box, site.box) > 0.3);
}

/** Learns a reference from one golden photo: outline, parts, sites. */
export async function learn(photo: Photo, name: string, detector: Detector): Promise<Reference> {
  const reference = await learnPixels(photo.pixels, detector);
  return { ...reference, name, sha256: photo.sha256 };
}

/** The same from pixels alone, for programs that have no file: name and hash are left to the caller. */
export async function learnPixels(golden: Raster, detector: Detector): Promise<Reference> {
  const outline = await findBoardOutline(golden);
  const goldenParts = await seeParts(golden, outline.polygon, detector);
  return {
    name: 'golden photo',
    sha256: sha256(golden.data),
    width: golden.width,
    height: golden.height,
    mmPerPixel: null,
    outline: outline.polygon,
    outlineFound: outline.found,
    sites: sitesOf(goldenParts, outline.polygon, detector.contract.thresholds.score),
    regions: [],
    tolerances: [],
    variant: null,
    lacks: [],
    golden,
    goldenParts,
    registration: await prepareReference(golden, outline.polygon),
    witnesses: [],
    variation: null,
  };
}

/**
 * All parts on a board that a detector sees, down to its weak threshold.
 * @param outline of the board, pixels of the picture: the table around it is not looked at
 */
export async function seeParts(
  picture: Raster,
  outline: readonly Point[],
  detector: Detector,
): Promise<SeenPart[]> {
  const { input, thresholds } = detector.contract;
  // Half an overlap around it, as the change model gets: nothing on the board lies at the edge of what is seen.
  const within = growBox(boundingBox(outline), input.overlap / 2);
  return toParts(await detector.detect(picture, { threshold: thresholds.weak, within }));
}

function toParts(detections: Detections): SeenPart[] {
  return Array.from({ length: detections.count }, (_, k) => detectionAt(detections, k));
}

/** Confident parts on the board as fitted sites, numbered in reading order. */
export function sitesOf(
  parts: readonly Pick<SeenPart, 'box' | 'score' | 'label'>[],
  outline: readonly Point[],
  confident: number,
): ExpectedSite[] {
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
    shown: true,
  }));
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
