import type { Command } from 'commander';
import { plainJson } from '../report/plainJson.js';
import { EXIT } from './exitStatus.js';
import { positiveInteger } from './options.js';
import type { Context } from './run.js';

interface AdviseOptions {
  reference: string;
  json?: boolean;
  maxPixels?: number;
}

/** `boardiff advise PHOTO --reference REF`: is this photo good enough, and what should be changed? */
export function addAdvise(program: Command, context: Context): void {
  program
    .command('advise')
    .description('say whether a photo is good enough to be compared, and what to change')
    .argument('<photo>', 'JPEG, PNG, WebP, TIFF or AVIF')
    .requiredOption('-r, --reference <ref>', 'reference folder, or one golden photo')
    .option('--json', 'print it as JSON and nothing else')
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger)
    .action(async (path: string, { reference, json, maxPixels }: AdviseOptions) => {
      const [
        { advise },
        { loadModels },
        { openReference },
        { readPhoto },
        { startOpenCv },
        { renderAdvice },
      ] = await Promise.all([
        import('../advise.js'),
        import('../detect/index.js'),
        import('../learn.js'),
        import('../photo/index.js'),
        import('../register/index.js'),
        import('./renderAdvice.js'),
      ]);
      const limits = maxPixels ? { maxPixels } : {};
      const photo = await readPhoto(path, limits);
      const [models] = await Promise.all([loadModels(), startOpenCv()]);
      const advice = await advise(photo, await openReference(reference, models.detector, limits));
      context.out(json ? `${plainJson(advice, 2)}\n` : renderAdvice(advice, context));
      context.exit(advice.good ? EXIT.matches : EXIT['not-judged']);
    });
}
