import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from './exitStatus.js';
import { positiveInteger, positiveNumber } from './options.js';
import type { Context } from './run.js';

interface InspectOptions {
  reference: string;
  output?: string;
  json?: boolean;
  model?: string;
  variant?: string;
  falseCalls?: number;
  maxPixels?: number;
}

/** `boardiff inspect PHOTO --reference REF`: one photo, one verdict. */
export function addInspect(program: Command, context: Context): void {
  program
    .command('inspect')
    .description('compare one photo with a reference')
    .argument('<photo>', 'JPEG, PNG, WebP, TIFF or AVIF')
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
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger)
    .action(async (photoPath: string, options: InspectOptions) => {
      const [{ loadModels }, { inspect }, { openReference }, { readPhoto }, { startOpenCv }, report] =
        await Promise.all([
          import('../detect/index.js'),
          import('../inspect.js'),
          import('../learn.js'),
          import('../photo/index.js'),
          import('../register/index.js'),
          import('../report/index.js'),
        ]);
      const limits = options.maxPixels ? { maxPixels: options.maxPixels } : {};
      // The photo first: it is what is most often wrong, and quickest to tell.
      const started = performance.now();
      const photo = await readPhoto(photoPath, limits);
      const decode = Math.round(performance.now() - started);
      const [models] = await Promise.all([loadModels(options.model), startOpenCv()]);
      const reference = await openReference(options.reference, models.detector, {
        ...limits,
        variant: options.variant,
      });
      const inspection = await inspect(
        photo,
        reference,
        models,
        options.falseCalls ? { falseCalls: options.falseCalls } : {},
      );
      inspection.timings = { decode, ...inspection.timings };

      if (options.output) {
        const { writeAtomically } = await import('../files.js');
        const [picture, html] = await Promise.all([
          report.renderPicture(inspection, photo.pixels),
          report.renderHtml(inspection, {
            photo: photo.pixels,
            golden: reference.golden,
            sites: reference.sites,
          }),
        ]);
        await writeAtomically(join(options.output, 'picture.jpg'), picture);
        await writeAtomically(join(options.output, 'report.html'), html);
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
