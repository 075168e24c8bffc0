import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Detector } from './detect/index.js';
import { messageOf, UserError } from './errors.js';
import { boxCenter, boxCorners, intersectBoxes } from './geometry/index.js';
import { keepFrame, keepOutline, packParts } from './keepReference.js';
import { importLayout, MAX_LAYOUT_BYTES, someNames, tooLarge } from './layout/importers/index.js';
import {
  type ImportedLayout,
  type LayoutFit,
  mapOutline,
  REFERENCE_VERSION,
  type ReferenceFile,
  type Site,
  toSite,
  writeReferenceFolder,
} from './layout/index.js';
import { learn, type Reference } from './learn.js';
import { type ReadOptions, readPhoto } from './photo/index.js';
import {
  type BoardSide,
  frameWithoutPhoto,
  noSites,
  onSide,
  type Placed,
  placeOnPhoto,
  type TypedPoint,
} from './placeLayout.js';
import { readWithin } from './readWithin.js';
import { takeAllFeatures } from './register/index.js';
import { VERSION } from './version.js';

/** Options of {@link importReference}. */
export interface ImportOptions extends ReadOptions {
  /** Photo of a good board that the layout is laid onto; without it the reference cannot be compared with yet. */
  photo?: string;
  /** Side that the photo shows, or that the reference is of; default: the one that fits, or the top. */
  side?: BoardSide;
  /** Places known in both, three or more, instead of a fit by the parts that are seen. */
  points?: readonly TypedPoint[];
  /** Name of the board; default: the file's own name for it, or the file name. */
  name?: string;
  /** Replace a reference that is there already. */
  force?: boolean;
}

/** What {@link importReference} did. */
export interface Imported {
  description: ReferenceFile;
  fit: LayoutFit | null;
  /** What was left out or guessed, one sentence each. */
  remarks: string[];
}

/**
 * Makes a reference from CAD, placement or boardview data and writes it to a folder.
 * @param file any format that {@link importLayout} knows
 * @param loadDetector called only when there is a photo
 * @throws UserError when the file cannot be read, the layout not be laid onto the photo, or the folder not be written;
 *   nothing is written then
 */
export async function importReference(
  file: string,
  folder: string,
  loadDetector: () => Promise<Detector>,
  options: ImportOptions = {},
): Promise<Imported> {
  const layout = await readLayout(file);
  const { photo: path, points = [], side: wanted = null } = options;
  if (path === undefined && points.length > 0) {
    throw new UserError(
      '--point: expected a photo that the points are in, got none',
      'Name it with --photo.',
    );
  }
  const name = options.name ?? layout.name ?? basename(file, extname(file));
  const base = (placed: Placed) => ({
    schemaVersion: REFERENCE_VERSION as typeof REFERENCE_VERSION,
    name,
    tool: { name: 'boardiff' as const, version: VERSION },
    source: { kind: layout.kind, file: basename(file), side: placed.side, lacks: lacksOf(layout, placed) },
    variation: null,
    variants: [],
    regions: [],
  });

  if (path === undefined) {
    const { frame, placed, mmPerPixel } = frameWithoutPhoto(layout, wanted);
    const { sites, remarks } = sitesIn(layout, placed, frame);
    const whole = boxCorners({ x: 0, y: 0, width: frame.width - 1, height: frame.height - 1 });
    const description: ReferenceFile = {
      ...base(placed),
      frame: { ...frame, mmPerPixel },
      golden: [],
      outline: {
        polygon: layout.outline ? mapOutline(layout.outline, placed.mapping) : whole.map(([x, y]) => [x, y]),
        found: layout.outline !== null,
      },
      sites,
    };
    const reference = { description, golden: [], features: [], parts: null };
    await writeReferenceFolder(folder, reference, options.force ?? false);
    return { description, fit: null, remarks: [...layout.remarks, ...remarks] };
  }

  const detector = await loadDetector();
  const photo = await readPhoto(path, options);
  const golden = await keepFrame(photo);
  const learnt = await learn(photo, name, detector);
  const confident = learnt.goldenParts.filter(({ score }) => score >= detector.contract.thresholds.score);
  const placed = placeOnPhoto(layout, { ...learnt, parts: confident, path }, wanted, points);
  const { sites, remarks } = sitesIn(layout, placed, learnt);
  const mmPerPixel = placed.fit && layout.unit === 'mm' ? Number(placed.fit.mmPerPixel.toPrecision(6)) : null;
  const description: ReferenceFile = {
    ...base(placed),
    frame: { width: learnt.width, height: learnt.height, mmPerPixel },
    golden: [golden.entry],
    outline: outlineOf(layout, placed, learnt),
    sites,
  };
  await writeReferenceFolder(
    folder,
    {
      description,
      golden: [golden.bytes],
      features: await takeAllFeatures(learnt.registration),
      parts: packParts(learnt.goldenParts, detector),
    },
    options.force ?? false,
  );
  return { description, fit: placed.fit, remarks: [...layout.remarks, ...remarks] };
}

/**
 * Reads a layout of any known format.
 * @throws UserError when there is none, or it cannot be read
 */
export async function readLayout(file: string): Promise<ImportedLayout> {
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) {
    throw new UserError(
      `${file}: expected a layout to import, got ${info ? 'no file' : 'nothing: no such file'}`,
    );
  }
  if (info.size > MAX_LAYOUT_BYTES) throw tooLarge(file, info.size);
  const bytes = await readWithin(file, MAX_LAYOUT_BYTES).catch((error) => {
    throw new UserError(`${file}: expected to read it, but that failed: ${messageOf(error)}`);
  });
  return importLayout({ name: basename(file), bytes });
}

/** Sites of the side in the frame; what the frame does not show is left out. */
function sitesIn(layout: ImportedLayout, placed: Placed, frame: { width: number; height: number }) {
  const own = onSide(layout, placed.side);
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const sites = own.flatMap((imported): Site[] => {
    const site = toSite(imported, placed.mapping);
    const [x, y] = boxCenter(site.box);
    const box = intersectBoxes(site.box, whole);
    return box && x >= 0 && y >= 0 && x < frame.width && y < frame.height ? [{ ...site, box }] : [];
  });
  if (sites.length === 0) throw noSites(layout, placed.side);
  const remarks: string[] = [];
  const other = layout.sites.length - own.length;
  if (other > 0) remarks.push(`${other} parts are on the other side and were left out.`);
  const shown = new Set(sites.map(({ id }) => id));
  const outside = own.filter(({ id }) => !shown.has(id)).map(({ id }) => id);
  if (outside.length > 0) {
    remarks.push(
      `${outside.length} parts are outside of the frame and were left out: ${someNames(outside)}.`,
    );
  }
  return { sites, remarks };
}

/** What the source lacks, less what the fit brought. */
function lacksOf({ lacks }: ImportedLayout, { fit }: Placed): ImportedLayout['lacks'] {
  return fit ? lacks.filter((lack) => lack !== 'scale' && lack !== 'side') : lacks;
}

function outlineOf(layout: ImportedLayout, placed: Placed, learnt: Reference): ReferenceFile['outline'] {
  if (layout.outline && placed.fit)
    return { polygon: mapOutline(layout.outline, placed.mapping), found: true };
  return keepOutline(learnt);
}
