import { serveWorker } from '../batch/index.js';
import type { BatchReference } from '../batchReference.js';
import { UserError } from '../errors.js';

/** What the process that learns from a batch is started with. */
export interface LearnerSettings {
  /** Another part detector; default: the built-in one. */
  model?: string | undefined;
  maxPixels?: number | undefined;
}

/** What it is asked: to learn from photos, one a board, and write it into a folder of results. */
export interface Lesson {
  paths: readonly string[];
  output: string;
}

/** What it answers. */
export type Lecture = { learnt: BatchReference } | { wrong: string; hint: string | null };

// The process behind openBatchAims: what it holds while it learns is given back when it ends.
serveWorker<Lesson, Lecture>(async (settings) => {
  const { model, maxPixels } = settings as LearnerSettings;
  const [{ loadModels }, { startOpenCv }, { learnFromBatch }] = await Promise.all([
    import('../detect/index.js'),
    import('../register/index.js'),
    import('../learnFromBatch.js'),
  ]);
  const [models] = await Promise.all([loadModels(model), startOpenCv()]);
  return async ({ paths, output }) => {
    try {
      return { learnt: await learnFromBatch(paths, output, models, maxPixels ? { maxPixels } : {}) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { wrong: error.message, hint: error.hint ?? null };
    }
  };
});
