import type { FindingKind, NotJudgedReason } from '../../../document/schema.js';
import type { Box, Point } from '../../../geometry/box.js';

export type { Box, Point };

/** What the page was given: see data.ts, which writes it. All places are in pixels of `frame`. */
export interface PageData {
  /** The reference frame; that of the photo itself where it could not be laid onto the reference. */
  frame: { width: number; height: number; of: 'reference' | 'photo' };
  golden: Picture | null;
  /** Photos of one board. Findings, crops and places that were not judged name theirs by its index. */
  photos: { name: string; picture: Picture }[];
  crops: Crop[];
  findings: PageFinding[];
  /** Sites that match, as far as their places are known. */
  sites: { id: string; label: string | null; box: Box }[];
  notJudged: Unjudged[];
}

/** A picture of the whole frame. */
export interface Picture {
  /** Id of the image element that holds it. */
  id: string;
  /** Its size in pixels, which is smaller than the frame's where the frame is large. */
  width: number;
  height: number;
  /** Mean red, green and blue, 0 to 255: the difference view evens the light out with them. */
  mean: [number, number, number];
}

/** A place in finer resolution, painted over the picture of the whole. */
export interface Crop {
  id: string;
  /** Index of its photo, null for the golden photo. */
  photo: number | null;
  place: Box;
  width: number;
  height: number;
}

export interface PageFinding {
  /** As the document has it, for the server. */
  id: string;
  /** The same as it can be shown. */
  name: string;
  number: number;
  photo: number;
  kind: FindingKind;
  /** The kind in plain words. */
  words: string;
  score: number;
  label: string | null;
  site: string | null;
  explanation: string;
  /** Places in words, corner and size; null where there is none. */
  inPhoto: string | null;
  inReference: string | null;
  /** Where it lies in the frame; null where it lies outside. */
  place: Box | null;
  /** What its small pictures show, and out of which image elements. */
  square: Box | null;
  golden: string | null;
  picture: string | null;
}

export interface Unjudged {
  photo: number;
  reason: NotJudgedReason;
  polygon: Point[];
  place: Box;
  words: string;
}

export type Mode = 'side' | 'swipe' | 'blink' | 'difference' | 'single';
/** What a canvas shows: a photo by its index, the golden photo, or both. */
export type Shown = number | 'golden' | 'swipe' | 'difference';

/** What is looked at, and how. */
export interface Look {
  mode: Mode;
  /** Index of the chosen finding, -1 for none. */
  selected: number;
  /** Index of the photo that is looked at. */
  photo: number;
  boxes: boolean;
  sites: boolean;
  unjudged: boolean;
  /** Share of the width left of the divider, 0 to 1. */
  divider: number;
  /** Changes a second while blinking. */
  rate: number;
  /** What the blinking view shows right now. */
  golden: boolean;
  /** Whether a box is being drawn. */
  drawing: boolean;
}

/** Something that a person marked as missed. */
export interface Missed {
  /** In the frame; null where no place was given, or the photo does not lie on the reference. */
  box: Box | null;
  note: string | null;
  /** Empty where the page does not know. */
  by: string;
  at: string;
}

export interface Store extends Readonly<Look> {
  readonly data: PageData;
  /** What was missed: marked earlier, and then just now. */
  readonly missed: readonly Missed[];
  set(change: Partial<Look>): void;
  addEscape(missed: Missed): void;
  removeEscape(): void;
  /** Chooses a finding and brings it into sight. */
  select(index: number): void;
  subscribe(listener: () => void): void;
}

/** Which part of the frame the canvases show; all show the same. */
export interface View {
  /** Screen pixels a pixel of the frame. */
  readonly scale: number;
  /** Left, top in the frame's pixels. */
  readonly left: number;
  readonly top: number;
  pan(dx: number, dy: number): void;
  /** Zooms so that a place of the frame stays where it is. */
  zoom(factor: number, at?: [number, number]): void;
  fit(): void;
  frame(box: Box): void;
  resized(): void;
  middle(): [number, number];
  subscribe(listener: () => void): void;
}

/** What the server that serves the page tells it, where there is one. */
export interface Review {
  token: string;
  base: string;
  result: string;
  decisions: Record<string, { decision: string; note?: string; by?: string; at?: string }>;
  /** What was marked as missed before; older servers do not tell. */
  escapes?: Missed[];
  next: string | null;
  previous: string | null;
}

export interface Decision {
  finding: string | null;
  decision: 'real' | 'false-call' | 'unsure' | 'escape' | 'undone';
  note: string;
  box: Box | null;
}
