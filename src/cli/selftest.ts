import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from './exitStatus.js';
import { positiveInteger, positiveNumber, wholeNumber } from './options.js';
import type { Context } from './run.js';

interface SelftestOptions {
  reference: string;
  photo?: string;
  output?: string;
  json?: boolean;
  model?: string;
  falseCalls?: number;
  plants?: number;
  seed?: number;
  maxPixels?: number;
}

/** `boardiff selftest --reference REF`: plant parts, say what would be found. */
export function addSelftest(program: Command, context: Context): void {
  program
    .command('selftest')
    .description('plant parts into a photo, say which of them would be found')
    .requiredOption('-r, --reference <ref>', 'reference folder, or one golden photo')
    .option(
      '-p, --photo <photo>',
      'photo of a good board; default: a simulated second shot of the golden one',
    )
    .option('-o, --output <dir>', 'write selftest.json and selftest.jpg there')
    .option('--json', 'print the self-test document and nothing else')
    .option('-m, --model <file>', 'another part detector: an .onnx with its contract beside it')
    .option('--false-calls <n>', 'as for inspect (default: 0.5)', positiveNumber)
    .option('--plants <n>', 'parts to plant; every eight cost one inspection (default: 48)', positiveInteger)
    .option('--seed <n>', 'the same seed plants the same parts (default: 1)', wholeNumber)
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger)
    .action(async ({ falseCalls, plants, seed, ...options }: SelftestOptions) => {
      const [{ loadModels }, { openReference }, { readPhoto }, report, { runSelftest }] = await Promise.all([
        import('../detect/index.js'),
        import('../learn.js'),
        import('../photo/index.js'),
        import('../report/index.js'),
        import('../runSelftest.js'),
      ]);
      const limits = options.maxPixels ? { maxPixels: options.maxPixels } : {};
      const photo = options.photo === undefined ? null : await readPhoto(options.photo, limits);
      const models = await loadModels(options.model);
      const reference = await openReference(options.reference, models.detector, limits);
      const { selftest, picture } = await runSelftest(reference, models, {
        ...(photo && { photo }),
        ...(falseCalls !== undefined && { falseCalls }),
        ...(plants !== undefined && { plants }),
        ...(seed !== undefined && { seed }),
        onProgress: (done, total) =>
          context.err(
            total === 1
              ? 'Inspecting the photo.\n'
              : `Inspecting edited photo ${done - 1} of ${total - 1}.\n`,
          ),
      });

      if (options.output) {
        const { writeAtomically } = await import('../files.js');
        await writeAtomically(
          join(options.output, 'selftest.jpg'),
          await report.renderSelftestPicture(selftest, picture),
        );
        await writeAtomically(join(options.output, 'selftest.json'), report.renderJson(selftest));
      }
      if (options.json) context.out(report.renderJson(selftest));
      else {
        context.out(report.renderSelftestTable(selftest, { color: context.color, width: context.width }));
        if (options.output) context.out(`\nPicture: ${join(options.output, 'selftest.jpg')}\n`);
      }
      context.exit(selftest.registration.status === 'ok' ? EXIT.matches : EXIT['not-judged']);
    });
}
