import { UserError } from '../../errors.js';
import { brd2, looksLikeBrd2 } from './brd2.js';
import { bvr, looksLikeBvr } from './bvr.js';
import { centroid, looksLikeCentroid } from './centroid.js';
import { coco, looksLikeCoco } from './coco.js';
import { ibom, looksLikeIbom } from './ibom.js';
import type { ImportedLayout, Importer, ImporterInput } from './imported.js';
import { ipc2581, looksLikeIpc2581 } from './ipc2581.js';
import { kicad, looksLikeKicad } from './kicad.js';
import { labelStudio, looksLikeLabelStudio } from './labelStudio.js';
import { referenceClass } from './referenceClass.js';
import { looksLikeYolo, yolo } from './yolo.js';

export { someNames } from './someNames.js';

/** Larger than any layout; formats that are read as a whole have lower limits of their own. */
export const MAX_LAYOUT_BYTES = 512 * 2 ** 20;

/** Formats, the surest to tell first: a placement file has nothing but the words in its head. */
const FORMATS: readonly [looksLike: (input: ImporterInput) => boolean, importer: Importer, name: string][] = [
  [looksLikeKicad, kicad, 'KiCad board (.kicad_pcb)'],
  [looksLikeIpc2581, ipc2581, 'IPC-2581 (.xml)'],
  [looksLikeBvr, bvr, 'raw boardview (.bvr)'],
  [looksLikeBrd2, brd2, 'BRD2 boardview (.brd)'],
  [looksLikeIbom, ibom, 'InteractiveHtmlBom (.html, .json)'],
  [looksLikeCoco, coco, 'COCO (.json)'],
  [looksLikeLabelStudio, labelStudio, 'Label Studio (.json)'],
  [looksLikeYolo, yolo, 'YOLO labels (.txt)'],
  [looksLikeCentroid, centroid, 'placement file (.csv, .txt, .pos)'],
];

/**
 * Reads a layout of any known format, told by its content: names of files promise nothing. Classes that a format does
 * not have are taken from designators.
 * @throws UserError when the format is not known, or the content not what the format says
 */
export function importLayout(input: ImporterInput): ImportedLayout {
  const { name, bytes } = input;
  if (bytes.length === 0) throw new UserError(`${name}: expected a layout, got an empty file`);
  if (bytes.length > MAX_LAYOUT_BYTES) throw tooLarge(name, bytes.length);
  const importer = FORMATS.find(([looksLike]) => looksLike(input))?.[1];
  if (!importer) {
    throw new UserError(
      `${name}: expected a layout, got none of the formats that are read`,
      `Read are: ${FORMATS.map(([, , what]) => what).join(', ')}.`,
    );
  }
  const layout = importer(input);
  if (layout.sites.length === 0) {
    throw new UserError(`${name}: expected parts, got none`, layout.remarks.join(' ') || undefined);
  }
  const sites = layout.sites.map((site) => ({ ...site, label: site.label ?? referenceClass(site.id) }));
  const labelled = sites.some(({ label }) => label !== null);
  return { ...layout, sites, lacks: layout.lacks.filter((lack) => lack !== 'labels' || !labelled) };
}

/** The error for a file that is too large, also before it is read. */
export function tooLarge(name: string, size: number): UserError {
  return new UserError(
    `${name}: expected at most ${MAX_LAYOUT_BYTES >> 20} MiB, got ${Math.ceil(size / 2 ** 20)} MiB`,
  );
}
