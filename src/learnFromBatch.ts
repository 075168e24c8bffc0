import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BATCH_REFERENCE, type BatchReference, FRAMES, writeBatchReference } from './batchReference.js';
import { expectedFalseCalls, majority, overlapOfSmaller, reliefOf, strongestNear } from './compare/index.js';
import type { ChangeModel, Models } from './detect/index.js';
import { NO_GOLDEN_BOARD } from './document/index.js';
import { UserError } from './errors.js';
import type { Box } from './geometry/index.js';
import { type KeptGolden, keepFrame, keepOther, type Learnt, writeLearnt } from './keepReference.js';
import { learn } from './learn.js';
import { learnFromOthers, type Learnt as Said } from './learnFromOthers.js';
import { measureQuality, type ReadOptions, readPhoto } from './photo/index.js';

/** Photos that are looked at for one that most others can be laid onto; unreadable ones do not count. */
const LOOKED_AT = 12;
/** Photos that are opened at most to find so many. */
const MOST_OPENED = 48;
/** Photos that are tried as the frame, those with most detail first. */
const MOST_TRIED = 4;
/** Boards that decide about each other: an odd number, so that a board that is asked about itself outvotes nobody. */
const MOST_VOICES = 5;
const LEAST_VOICES = 3;
/** Share of the photos that must fit a frame for no other one to be tried. */
const ENOUGH_FIT = 0.5;

/** Shared area, of the smaller box, from which two photos tell of one difference. */
const SAME = 0.5;

/** A photo that could be opened. */
interface Seen {
  path: string;
  sha256: string;
  /** Pixels, less where the photo is blurred. */
  detail: number;
}

/** A frame and the photos that fit it. */
interface Tried {
  learnt: Learnt;
  /** The frame first. */
  members: Seen[];
  /** Share of the photos asked that fit. */
  fit: number;
  /** Places where most of the others differ from the frame: it is the odd one there, or its photo is. */
  odd: number;
}

/**
 * Learns from some boards of a batch what its boards have in common, twice: laid onto the photo of one board for all
 * others, and onto that of a second board for the first, which cannot be compared with itself. A board that most of the
 * others differ from is no frame where another one can be: what is odd about a frame cannot be seen on other boards.
 * @param paths photos, one a board: those that are most apart in the list are looked at first
 * @param output folder of results; the references are written into its folder {@link BATCH_REFERENCE}
 * @throws UserError when fewer than 3 of them can be laid onto each other
 */
export async function learnFromBatch(
  paths: readonly string[],
  output: string,
  models: Models,
  options: ReadOptions = {},
): Promise<BatchReference> {
  const folder = join(output, BATCH_REFERENCE);
  // What an earlier scan left half written is of no use.
  await rm(folder, { recursive: true, force: true });
  const seen = await lookAtSome(paths, options);
  const odd = new Set<Seen>();
  const first = await findFrame(seen, seen, odd, models, options);
  const second = first && (await findFrame(first.members.slice(1), first.members, odd, models, options));
  if (!first || !second) throw tooFew(paths.length, seen.length);
  await writeLearnt(join(folder, FRAMES.all), first.learnt, models.detector, false);
  await writeLearnt(join(folder, FRAMES.own), second.learnt, models.detector, false);
  const { path, sha256 } = first.members[0]!;
  const chosen: BatchReference = { schemaVersion: 1, frame: { path, sha256 } };
  await writeBatchReference(output, chosen);
  return chosen;
}

/**
 * Photos from all over the list that can be opened, those with most detail first. Those that are learnt from are read
 * again: that takes a hundredth of the learning, and a dozen open photos of 12 MP would take 430 MB.
 */
async function lookAtSome(paths: readonly string[], options: ReadOptions): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const path of apart(paths, LOOKED_AT).slice(0, MOST_OPENED)) {
    if (seen.length >= LOOKED_AT) break;
    try {
      const { sha256, pixels } = await readPhoto(path, options);
      if (seen.some((other) => other.sha256 === sha256)) continue;
      const { sharpness } = measureQuality(pixels);
      seen.push({ path, sha256, detail: sharpness * pixels.width * pixels.height });
    } catch (error) {
      // The scan says what is wrong with it.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return seen.sort((a, b) => b.detail - a.detail);
}

/** A list that begins with `count` items evenly over it: neighbours often come from one lot. */
function apart<T>(items: readonly T[], count: number): T[] {
  const first = new Set(
    Array.from({ length: Math.min(count, items.length) }, (_, k) =>
      Math.floor((k * items.length) / Math.min(count, items.length)),
    ),
  );
  return [...[...first].map((k) => items[k]!), ...items.filter((_, k) => !first.has(k))];
}

/**
 * The first of some photos that half of the others fit and that nothing is odd about, else the best there is; null where
 * fewer than two others fit.
 * @param odd photos that were found to be odd, which are asked last; gets those found here
 */
async function findFrame(
  frames: readonly Seen[],
  all: readonly Seen[],
  odd: Set<Seen>,
  models: Models,
  options: ReadOptions,
): Promise<Tried | null> {
  const usable: Tried[] = [];
  for (const frame of frames.slice(0, MOST_TRIED)) {
    const others = all.filter((other) => other !== frame);
    const inOrder = [
      ...others.filter((other) => !odd.has(other)),
      ...others.filter((other) => odd.has(other)),
    ];
    const tried = await tryFrame(frame, inOrder, models, options);
    if (tried.members.length < LEAST_VOICES) continue;
    if (tried.odd > 0) odd.add(frame);
    else if (tried.fit >= ENOUGH_FIT) return tried;
    usable.push(tried);
  }
  const fits = ({ fit }: Tried) => Number(fit >= ENOUGH_FIT);
  return usable.sort((a, b) => fits(b) - fits(a) || a.odd - b.odd || b.fit - a.fit)[0] ?? null;
}

async function tryFrame(
  frame: Seen,
  others: readonly Seen[],
  models: Models,
  options: ReadOptions,
): Promise<Tried> {
  const name = `the other boards of the batch (laid onto ${basename(frame.path)})`;
  const photo = await readPhoto(frame.path, options);
  const first = await learn(photo, name, models.detector);
  const learner = learnFromOthers(first, models);
  const golden: KeptGolden[] = [await keepFrame(photo)];
  const members = [frame];
  const said: Said[] = [];
  let asked = 0;
  for (const other of others) {
    if (members.length >= MOST_VOICES) break;
    asked++;
    const { path, sha256, pixels } = await readPhoto(other.path, options);
    const result = await learner.add(pixels, sha256);
    if ('reason' in result) continue;
    members.push(other);
    said.push(result);
    golden.push(await keepOther({ path, sha256 }, result.picture, members.length));
  }
  // Of an even number the last one has taught which sites there are; it has no vote.
  if (golden.length % 2 === 0) {
    const last = members[members.length - 1]!;
    golden[golden.length - 1] = await keepOther(last, null, members.length);
  }
  const { sites } = learner.result();
  return {
    // How much the boards vary is left out: that of an odd one would excuse what is odd about it.
    learnt: {
      first,
      golden,
      sites,
      variation: null,
      mmPerPixel: null,
      source: { kind: 'batch', file: null, side: null, lacks: ['scale', NO_GOLDEN_BOARD] },
    },
    members,
    fit: asked === 0 ? 0 : (members.length - 1) / asked,
    odd: placesUnlikeMost(said, models.change.contract.decision),
  };
}

/** Number of places where most photos differ from the frame more than chance would have it. */
function placesUnlikeMost(
  said: readonly Said[],
  { spread, falseCalls, relief }: ChangeModel['contract']['decision'],
): number {
  const raise = reliefOf(relief?.photos ?? [], said.length);
  const places: Box[] = [];
  for (const { regions, level } of said) {
    for (const { box, peak } of regions) {
      if (expectedFalseCalls(peak, level, spread) > falseCalls) break;
      const above = said.map((other) => {
        const { added, removed } = strongestNear(other.changes, box);
        return Math.max(added, removed) - other.level;
      });
      const known = places.some((place) => overlapOfSmaller(place, box) > SAME);
      if (!known && expectedFalseCalls(majority(above) + raise, 0, spread) < falseCalls) places.push(box);
    }
  }
  return places.length;
}

function tooFew(boards: number, opened: number): UserError {
  const got =
    opened < LEAST_VOICES ? `${opened} that could be opened` : `${opened} of which none fits two others`;
  return new UserError(
    `--no-reference: expected at least ${LEAST_VOICES} boards whose photos can be laid onto each other, got ${
      boards < LEAST_VOICES ? `${boards} in all` : got
    }`,
    'Give more photos of the same side of the same board model, sharp and evenly lit; or name a golden board with --reference.',
  );
}
