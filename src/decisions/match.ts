import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../document/index.js';
import { type Box, boxIoU } from '../geometry/index.js';
import type { Entry } from './entry.js';

/** A photo's result, as far as decisions are about it. */
export interface JudgedPhoto {
  /** Of its results in the output folder, with `/`. */
  folder: string;
  sha256: string;
  /** Name of the reference. */
  reference: string;
  findings: readonly Finding[];
}

/** What holds of a finding now. */
export interface Decided {
  entry: Entry;
  /** Whether it was said of another run's finding at the same place. */
  carried: boolean;
}

/** What holds of a photo now. */
export interface PhotoDecisions {
  /** By the finding's id. */
  findings: ReadonlyMap<string, Decided>;
  /** Places where something was missed, and still is. */
  escapes: readonly Entry[];
}

/** Boxes that share so much of their union are one place. */
const SAME_PLACE = 0.3;

/**
 * What the ledger says of each photo, by folder of the result. What was said of an earlier run of the same photo holds
 * of findings at the same place: same site, or boxes that overlap in the photo, whose pixels are the same.
 */
export function decisionsOf(
  photos: readonly JudgedPhoto[],
  entries: readonly Entry[],
): Map<string, PhotoDecisions> {
  const byPhoto = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = byPhoto.get(entry.photo.sha256);
    if (list) list.push(entry);
    else byPhoto.set(entry.photo.sha256, [entry]);
  }
  const decided = new Map<string, PhotoDecisions>();
  for (const photo of photos) {
    const said = byPhoto.get(photo.sha256);
    if (said) decided.set(photo.folder, ofPhoto(photo, said));
  }
  return decided;
}

/** Whether all that was found on a photo was decided. */
export function isDecided(
  { findings }: Pick<JudgedPhoto, 'findings'>,
  decisions: PhotoDecisions | undefined,
): boolean {
  return findings.every(({ id }) => decisions?.findings.has(id));
}

function ofPhoto(photo: JudgedPhoto, said: readonly Entry[]): PhotoDecisions {
  const { places, escapes } = standing(said);
  const findings = new Map<string, Decided>();
  const found = new Set<Entry>();
  for (const finding of photo.findings) {
    const own = places.find(({ result, finding: its }) => result === photo.folder && its!.id === finding.id);
    if (own) {
      findings.set(finding.id, { entry: own, carried: false });
      continue;
    }
    // The last word counts.
    const before = places.findLast(
      (entry) =>
        entry.result !== photo.folder &&
        samePlace(entry.finding!, finding, entry.reference.name === photo.reference),
    );
    if (before) {
      findings.set(finding.id, { entry: before, carried: true });
      continue;
    }
    const missed = escapes.find(
      (entry) =>
        entry.result !== photo.folder &&
        entry.reference.name === photo.reference &&
        overlap(entry.box, finding.referenceBox),
    );
    if (!missed) continue;
    found.add(missed);
    findings.set(finding.id, { entry: { ...missed, decision: 'real' }, carried: true });
  }
  return { findings, escapes: escapes.filter((entry) => !found.has(entry)) };
}

/** What was not taken back: of findings, and of places where something was missed. */
function standing(said: readonly Entry[]): { places: Entry[]; escapes: Entry[] } {
  let places: Entry[] = [];
  let escapes: Entry[] = [];
  for (const entry of said) {
    const { finding, decision } = entry;
    if (finding) {
      places = places.filter((other) => !sameFinding(other, entry));
      if (decision !== 'undone') places.push(entry);
    } else if (decision !== 'undone') {
      // A page that did not hear the answer tells the same again.
      escapes = escapes.filter(
        ({ result, box }) => result !== entry.result || !isDeepStrictEqual(box, entry.box),
      );
      escapes.push(entry);
    } else {
      const about = entry.box
        ? escapes.findLast(({ box }) => overlap(box, entry.box))
        : escapes.findLast(({ result }) => result === entry.result);
      escapes = escapes.filter((other) => other !== about);
    }
  }
  return { places, escapes };
}

function sameFinding(a: Entry, b: Entry): boolean {
  if (a.result === b.result) return a.finding!.id === b.finding!.id;
  return samePlace(a.finding!, b.finding!, a.reference.name === b.reference.name);
}

/**
 * Whether two findings of one photo are about the same place.
 * @param sameFrame whether their references are of one name, so that sites and reference boxes mean the same
 */
function samePlace(
  a: Pick<Finding, 'site' | 'box' | 'referenceBox'>,
  b: Pick<Finding, 'site' | 'box' | 'referenceBox'>,
  sameFrame: boolean,
): boolean {
  if (sameFrame && a.site !== null && a.site === b.site) return true;
  return overlap(a.box, b.box) || (sameFrame && overlap(a.referenceBox, b.referenceBox));
}

function overlap(a: Box | null, b: Box | null): boolean {
  return a !== null && b !== null && boxIoU(a, b) >= SAME_PLACE;
}
