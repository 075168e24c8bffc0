import { type Command, Option } from 'commander';
import { positiveInteger, share } from './options.js';
import type { Context } from './run.js';

interface DetectOptions {
  format: 'table' | 'json' | 'coco' | 'yolo';
  threshold?: number;
  model?: string;
  maxPixels?: number;
}

/** `boardiff detect PHOTO`: what the model sees, nothing compared. */
export function addDetect(program: Command, context: Context): void {
  program
    .command('detect')
    .description('show what the model sees in a photo, nothing compared')
    .argument('<photo>', 'JPEG, PNG, WebP, TIFF or AVIF')
    .addOption(
      new Option('-f, --format <format>', 'of the list')
        .choices(['table', 'json', 'coco', 'yolo'])
        .default('table'),
    )
    .option('-t, --threshold <score>', 'lowest part score, 0 to 1; default: the model’s own', share)
    .option('-m, --model <file>', 'another part detector')
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger)
    .action(async (path: string, { format, threshold, model, maxPixels }: DetectOptions) => {
      const [{ loadDetector }, { readPhoto }, { renderDetections }] = await Promise.all([
        import('../detect/index.js'),
        import('../photo/index.js'),
        import('./renderDetections.js'),
      ]);
      const photo = await readPhoto(path, maxPixels ? { maxPixels } : {});
      const detector = await loadDetector(model);
      const detections = await detector.detect(photo.pixels, threshold === undefined ? {} : { threshold });
      context.out(renderDetections(detections, photo, format));
    });
}
