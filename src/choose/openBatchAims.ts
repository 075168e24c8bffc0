import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock, Worker, WorkerLost } from '../batch/index.js';
import { BATCH_REFERENCE, type BatchReference, FRAMES, readBatchReference } from '../batchReference.js';
import { messageOf, UserError } from '../errors.js';
import { namesInPath } from '../namesInPath.js';
import type { LearnerSettings, Lecture, Lesson } from './batchLearner.js';
import { type AimSettings, type Aims, fixed, refuseNonsense } from './openAims.js';
import { planFor } from './plan.js';
import { readSource } from './readSource.js';

const SCRIPT = fileURLToPath(new URL('./batchLearner.js', import.meta.url));
/** Milliseconds for a dozen photos of the largest size on a slow machine. */
const LONGEST_MS = 3_600_000;

/** What a scan without a reference is told. */
export interface BatchAimSettings extends AimSettings, LearnerSettings {
  /** Photos to learn from where nothing was learnt yet. */
  paths: readonly string[];
  /** Pattern that says by path which photos show one board; default: each shows another one. */
  group?: string | undefined;
  /** Whether it is learnt again. */
  force?: boolean | undefined;
}

/**
 * Opens what the boards of a batch are compared with where there is no golden board: what some of them have in common.
 * It is learnt once and kept in the folder of results, so that a scan that goes on compares with the same.
 * @param output folder of results
 * @param say told of what takes long
 * @throws UserError when a reference is named too, or fewer than 3 photos can be laid onto each other
 */
export async function openBatchAims(
  settings: BatchAimSettings,
  output: string,
  say: (message: string) => void,
): Promise<Aims> {
  refuseNonsense(settings);
  const pattern = settings.group === undefined ? null : new RegExp(settings.group, 'u');
  const chosen = await learnOnce(settings, pattern, output, say);
  const planOf = async (name: string) =>
    planFor('batch', await readSource(resolve(output, BATCH_REFERENCE, name), null));
  const [all, own] = await Promise.all([planOf(FRAMES.all), planOf(FRAMES.own)]);
  const frameBoard = boardOf(chosen.frame.path, pattern);
  return {
    async aim(path, sha256) {
      // A board that is laid onto itself differs nowhere.
      const isFrame = sha256 === chosen.frame.sha256 || boardOf(path, pattern) === frameBoard;
      return fixed(isFrame ? own : all);
    },
    first: all.candidates[0]!,
    end: () => {},
  };
}

/** Names the board of a photo: the photo itself where nothing else is known. */
function boardOf(path: string, pattern: RegExp | null): string {
  return (pattern && namesInPath(path, pattern).board) ?? resolve(path);
}

async function learnOnce(
  settings: BatchAimSettings,
  pattern: RegExp | null,
  output: string,
  say: (message: string) => void,
): Promise<BatchReference> {
  const release = await takeLock(output);
  try {
    const known = settings.force ? null : await readBatchReference(output);
    if (known) return known;
    say(
      'No golden board: learning from some of the boards what they have in common, which can take minutes.\n',
    );
    const chosen = await learnInProcess(settings, { paths: oneEach(settings.paths, pattern), output });
    say(`Learnt; most boards are laid onto ${basename(chosen.frame.path)}.\n`);
    return chosen;
  } finally {
    await release();
  }
}

/** One photo of each side of each board: several of one board would agree with each other. */
function oneEach(paths: readonly string[], pattern: RegExp | null): string[] {
  const photos = new Map<string, string>();
  for (const path of paths) {
    const key = JSON.stringify([boardOf(path, pattern), pattern && namesInPath(path, pattern).side]);
    if (!photos.has(key)) photos.set(key, path);
  }
  return [...photos.values()];
}

async function learnInProcess(
  { model, maxPixels }: LearnerSettings,
  lesson: Lesson,
): Promise<BatchReference> {
  const alive = new Set<Worker<Lesson, Lecture>>();
  try {
    const options: LearnerSettings = { model, maxPixels };
    const worker = await Worker.start<Lesson, Lecture>({ script: SCRIPT, options }, alive);
    const answer = await worker.give(lesson, LONGEST_MS);
    if ('learnt' in answer) return answer.learnt;
    throw new UserError(answer.wrong, answer.hint ?? undefined);
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    throw new UserError(
      `${join(lesson.output, BATCH_REFERENCE)}: expected to learn from the batch, but ${messageOf(error)}`,
      'Scan again; with large photos, lower --max-pixels.',
    );
  } finally {
    for (const one of alive) one.kill();
  }
}
