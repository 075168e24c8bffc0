import { join, parse, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Inspection } from '../document/index.js';
import type { MinCoverage } from '../enoughJudged.js';
import { UserError } from '../errors.js';
import type { Reference } from '../learn.js';
import { ofPhoto } from '../ofPhoto.js';
import type { Photo } from '../photo/index.js';
import { EXIT } from './exitStatus.js';
import { coverageShares, positiveInteger, positiveNumber, seconds } from './options.js';
import type { Context } from './run.js';
import { withinTime } from './withinTime.js';

interface InspectOptions {
  reference: string[];
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
    .argument('<photo...>', 'one photo, or several of one board: JPEG, PNG, WebP, TIFF or AVIF')
    .requiredOption(
      '-r, --reference <ref>',
      'reference folder, or one golden photo; once a side where the photos show several',
      (value: string, before: string[] = []) => [...before, value],
    )
    .option(
      '-o, --output <dir>',
      'write inspection.json, picture.jpg and report.html there; of several sides each into a folder of its own',
    )
    .option('--variant <name>', "one of the reference's fittings; default: the plain one")
    .option('--json', 'print the inspection document and nothing else; of several sides a list of them')
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
      const [
        { loadModels, releaseModels },
        { inspectSides },
        { openReference },
        { readPhoto },
        { startOpenCv },
        report,
      ] = await Promise.all([
        import('../detect/index.js'),
        import('../inspectSides.js'),
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
      const names = namesOfSides(options.reference);
      const references: Reference[] = [];
      for (const path of options.reference) {
        references.push(await openReference(path, models.detector, { ...limits, variant: options.variant }));
      }
      const { falseCalls, minCoverage } = options;
      const { verdict, sides } = await inspectSides(photos, references, models, {
        ...(falseCalls ? { falseCalls } : {}),
        ...(minCoverage ? { minCoverage } : {}),
      });
      await releaseModels();
      const documents: Inspection[] = [];
      const several = sides.length > 1;
      const tell = options.json ? () => {} : context.out;
      for (const [k, { reference, photos, inspection }] of sides.entries()) {
        if (k > 0) tell('\n');
        if (!inspection) {
          tell(`No photo shows ${names[k]}: that side is not judged.\n`);
          continue;
        }
        inspection.timings = { decode, ...inspection.timings };
        documents.push(inspection);
        tell(report.renderTable(inspection, { color: context.color, width: context.width }));
        if (!options.output) continue;
        const folder = several ? join(options.output, names[k]!) : options.output;
        await writeSide(folder, reference, photos, inspection, report);
        tell(`\nReport: ${join(folder, 'report.html')}\n`);
      }
      if (options.json) context.out(report.renderJson(several ? documents : documents[0]!));
      else if (several) context.out(`\nBoard: ${report.VERDICT_WORDS[verdict]}.\n`);
      context.exit(EXIT[verdict]);
    });
}

/** Sides are told apart, and their results kept apart, by the file names of their references. @throws UserError for two alike */
function namesOfSides(paths: readonly string[]): string[] {
  const names = paths.map((path) => parse(resolve(path)).name);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice === undefined) return names;
  throw new UserError(
    `--reference: expected one reference a side, got two named ${twice}`,
    'Give each side a reference with a name of its own.',
  );
}

/** Writes what there is to see of one side. @throws UserError when that fails */
async function writeSide(
  folder: string,
  { golden, sites }: Reference,
  photos: readonly Photo[],
  inspection: Inspection,
  { renderHtml, renderJson, renderPicture }: typeof import('../report/index.js'),
): Promise<void> {
  const { writeAtomically } = await import('../files.js');
  for (const [k, { pixels }] of photos.entries()) {
    const own = ofPhoto(inspection, k);
    const suffix = k === 0 ? '' : `-${k + 1}`;
    // One after the other: together they would be what an inspection needs most memory for.
    await writeAtomically(join(folder, `picture${suffix}.jpg`), await renderPicture(own, pixels));
    const html = await renderHtml(own, { photo: pixels, golden, sites });
    await writeAtomically(join(folder, `report${suffix}.html`), html);
  }
  // Last, so that whoever finds it finds the others too.
  await writeAtomically(join(folder, 'inspection.json'), renderJson(inspection));
}
