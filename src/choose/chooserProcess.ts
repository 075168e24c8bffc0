import { serveWorker } from '../batch/index.js';
import type { Answer, ChooserSettings, Question } from './openChooser.js';

// The process behind a Chooser.
serveWorker<Question, Answer>(async (options) =>
  (await import('./openChooser.js')).openChooser(options as ChooserSettings),
);
