import { join } from 'node:path';
import type { Command } from 'commander';
import type { MinCoverage } from '../coverage.js';
import { ofPhoto } from '../ofPhoto.js';
import type { Photo } from '../photo/index.js';
import { EXIT } from './exitStatus.js';
import { coverageShares, positiveInteger, positiveNumber, seconds } from './options.js';
import type { Context } from './run.js';
import { withinTime } from './withinTime.js';

interface InspectOptions {
  reference: string;
  output?: string;
  json?: boolean;
  model?: string;
  variant?: string;
  falseCalls?: number;
  minCoverage?: MinCoverage;
  maxPixels?: number;
  timeout?: number;
}

/** `boardiff inspect PHOTO... --reference REF`: one board, one verdict. */
export function addInspect(program: Command, context: Context): void {
  program
    .command('inspect')
    .description('compare one board with a reference')
    .argument('<photo...>', 'one photo, or several of one side of one board: JPEG, PNG, WebP, TIFF or AVIF')
    .requiredOption('-r, --reference <ref>', 'reference folder, or one golden photo')
    .option('-o, --output <dir>', 'write inspection.json, picture.jpg and report.html there')
    .option('--variant <name>', "one of the reference's fittings; default: the plain one")
    .option('--json', 'print the inspection document and nothing else')
    .option('-m, --model <file>', 'another part detector: an .onnx with its contract beside it')
    .option(
      '--false-calls <n>',
      'tell differences down to the strength that a good board shows n times a photo (default: 0.5)',
      positiveNumber,
    )
    .option(
      '--min-coverage <percent>',
      'share of the sites, and of the surface, that must be judged for a match (default: 95,90)',
      coverageShares,
    )
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger)
    .option('--timeout <seconds>', 'give up on a board that takes longer (default: no limit)', seconds)
    .action(async (photoPaths: string[], options: InspectOptions) => {
      if (options.timeout !== undefined) {
        const status = await withinTime(options.timeout, photoPaths.join(', '));
        if (status !== null) return context.exit(status);
      }
      const [{ loadModels }, { inspectBoard }, { openReference }, { readPhoto }, { startOpenCv }, report] =
        await Promise.all([
          import('../detect/index.js'),
          import('../inspect.js'),
          import('../learn.js'),
          import('../photo/index.js'),
          import('../register/index.js'),
          import('../report/index.js'),
        ]);
      const limits = options.maxPixels ? { maxPixels: options.maxPixels } : {};
      // The photos first: they are what is most often wrong, and quickest to tell.
      const started = performance.now();
      const photos: Photo[] = [];
      for (const path of photoPaths) photos.push(await readPhoto(path, limits));
      const decode = Math.round(performance.now() - started);
      const [models] = await Promise.all([loadModels(options.model), startOpenCv()]);
      const reference = await openReference(options.reference, models.detector, {
        ...limits,
        variant: options.variant,
      });
      const { falseCalls, minCoverage } = options;
      const inspection = await inspectBoard(photos, reference, models, {
        ...(falseCalls ? { falseCalls } : {}),
        ...(minCoverage ? { minCoverage } : {}),
      });
      inspection.timings = { decode, ...inspection.timings };

      if (options.output) {
        const { writeAtomically } = await import('../files.js');
        for (const [k, { pixels }] of photos.entries()) {
          const own = ofPhoto(inspection, k);
          const suffix = k === 0 ? '' : `-${k + 1}`;
          const [picture, html] = await Promise.all([
            report.renderPicture(own, pixels),
            report.renderHtml(own, { photo: pixels, golden: reference.golden, sites: reference.sites }),
          ]);
          await writeAtomically(join(options.output, `picture${suffix}.jpg`), picture);
          await writeAtomically(join(options.output, `report${suffix}.html`), html);
        }
        // Last, so that whoever finds it finds the others too.
        await writeAtomically(join(options.output, 'inspection.json'), report.renderJson(inspection));
      }
      if (options.json) context.out(report.renderJson(inspection));
      else {
        context.out(report.renderTable(inspection, { color: context.color, width: context.width }));
        if (options.output) context.out(`\nReport: ${join(options.output, 'report.html')}\n`);
      }
      context.exit(EXIT[inspection.verdict]);
    });
}
