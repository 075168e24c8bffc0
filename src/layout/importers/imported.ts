import type { Point } from '../../geometry/index.js';
import type { Expectation, Lack } from '../schema.js';

/** A part of an imported layout, where its source says it is. */
export interface ImportedSite {
  /** Reference designator, or a name made from class and number where the source has none. */
  id: string;
  /** Class of the part in the detector's words ("resistor", "ic", …), null where the source does not tell. */
  label: string | null;
  /** Null where the source does not tell sides. */
  side: 'top' | 'bottom' | null;
  /** Middle of the part in the layout's units, x to the right and y DOWN, always as seen through the top side. */
  at: Point;
  /**
   * Degrees counter-clockwise from 0 up to 360 as seen from the part's own side, a bottom one from below (see
   * ownRotation.ts); null where unknown.
   */
  rotation: number | null;
  /** Outline of the body in the layout's units and axes as `at`, already turned; null where the source has no sizes. */
  body: readonly Point[] | null;
  expected: Expectation;
  /** Value, part number or package, in the source's words. */
  part: string | null;
}

/** What an importer reads out of a file, before it is laid onto a photo. */
export interface ImportedLayout {
  /** Name of the importer: "kicad", "centroid", "ibom", "ipc-2581", "brd2", "bvr", "coco", "yolo". */
  kind: string;
  /** Name of the board, from the file where it has one. */
  name: string | null;
  /** `mm`, or `px` for layouts drawn over a picture; null where the source does not tell its unit. */
  unit: 'mm' | 'px' | null;
  /** Of a layout in pixels: width and height of the picture that it was drawn over, and the side that this shows. */
  picture?: { width: number; height: number; side: 'top' | 'bottom' | null };
  /** Outline of the board in the same units and axes, null where the source has none. */
  outline: readonly Point[] | null;
  sites: ImportedSite[];
  /** What this source does not give; the reference and its verdicts inherit it. */
  lacks: Lack[];
  /** What was left out or guessed, one sentence each, for the user to read. */
  remarks: string[];
}

/** Reads one format. Throws a UserError that names line or record when the content is not what it should be. */
export type Importer = (content: ImporterInput) => ImportedLayout;

/** The file as an importer sees it. Importers do no reading of their own: no file can make them open another. */
export interface ImporterInput {
  /** File name without its folder: for the format's name and for messages. */
  name: string;
  bytes: Uint8Array;
}
