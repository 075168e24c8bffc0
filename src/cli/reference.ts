import type { Command } from 'commander';
import { showControls } from '../report/escape.js';
import { positiveNumber } from './options.js';
import { addReferenceAccept } from './referenceAccept.js';
import { addReferenceCheck } from './referenceCheck.js';
import { addReferenceDiff } from './referenceDiff.js';
import { addReferenceEdit } from './referenceEdit.js';
import { addReferenceExport } from './referenceExport.js';
import { addReferenceImport } from './referenceImport.js';
import type { Context } from './run.js';

interface CreateOptions {
  output: string;
  name?: string;
  mmPerPixel?: number;
  model?: string;
  force?: boolean;
}

/** `boardiff reference create GOLDEN -o DIR` and `reference show REF`. */
export function addReference(program: Command, context: Context): void {
  const reference = program.command('reference').description('make and look at references');
  reference
    .command('create')
    .description('learn a reference from photos of good boards')
    .argument(
      '<golden...>',
      'photos of good boards of one model, the best one first: it is the reference frame',
    )
    .requiredOption('-o, --output <dir>', 'folder to write the reference to')
    .option('-n, --name <name>', 'name of the board; default: the file name')
    .option(
      '--mm-per-pixel <mm>',
      'scale of the first photo, so that sizes can be given in millimetres',
      positiveNumber,
    )
    .option('-m, --model <file>', 'another part detector')
    .option('--force', 'replace a reference that is there already')
    .action(async (golden: string[], options: CreateOptions) => {
      const [{ loadModels }, { createReference }] = await Promise.all([
        import('../detect/index.js'),
        import('../createReference.js'),
      ]);
      const models = await loadModels(options.model);
      const { output, name, mmPerPixel, force } = options;
      let learnt = 0;
      const made = await createReference(golden, output, models, {
        ...(name ? { name } : {}),
        ...(mmPerPixel ? { mmPerPixel } : {}),
        ...(force ? { force } : {}),
        onGolden: (path, leftOut) => {
          if (leftOut) context.err(`boardiff: ${path}: left out: ${leftOut.reason}\n`);
          else learnt++;
        },
      });
      context.out(`Reference written to ${output}\n${summary({ ...made, goodBoards: learnt })}`);
      if (!made.outlineFound) {
        context.err(
          'boardiff: the board could not be told from its background, so the whole photo counts as board.\n' +
            '  Lay the board on a plain table that differs in colour, with a margin all around.\n',
        );
      }
    });
  reference
    .command('show')
    .description('say what a reference holds')
    .argument('<ref>', 'reference folder, or a golden photo')
    .option('-o, --output <dir>', 'write layout.html and layout.svg there: the sites over the golden photo')
    .option('-m, --model <file>', 'another part detector')
    .action(async (ref: string, { model, output }: { model?: string; output?: string }) => {
      const [{ loadDetector }, { layoutOf }] = await Promise.all([
        import('../detect/index.js'),
        import('../layoutOf.js'),
      ]);
      const view = await layoutOf(ref, () => loadDetector(model));
      const { name, frame, outline, sites, golden } = view.description;
      context.out(summary({ name, ...frame, outlineFound: outline.found, sites, goodBoards: golden.length }));
      if (!output) return;
      const { showLayout } = await import('./showLayout.js');
      await showLayout(view, output);
      context.out(`Layout: ${output}/layout.html\n`);
    });
  addReferenceEdit(reference, context);
  addReferenceCheck(reference, context);
  addReferenceDiff(reference, context);
  addReferenceExport(reference, context);
  addReferenceImport(reference, context);
  addReferenceAccept(reference, context);
}

interface Summarised {
  name: string;
  width: number;
  height: number;
  mmPerPixel: number | null;
  outlineFound: boolean;
  sites: readonly { label: string | null }[];
  /** Photos of good boards that it was learnt from. */
  goodBoards: number;
}

function summary({ name, width, height, mmPerPixel, outlineFound, sites, goodBoards }: Summarised): string {
  const counts = new Map<string, number>();
  for (const { label } of sites) counts.set(label ?? 'unknown', (counts.get(label ?? 'unknown') ?? 0) + 1);
  const byClass = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${count} ${label}`);
  const rows = [
    ['name', name],
    ['frame', `${width} × ${height} px${mmPerPixel ? `, ${mmPerPixel} mm a pixel` : ', scale unknown'}`],
    [
      'golden',
      goodBoards === 0
        ? 'no photo yet'
        : goodBoards === 1
          ? '1 photo'
          : `${goodBoards} photos of good boards`,
    ],
    ['outline', outlineFound ? 'board found' : 'board not told from its background: the whole photo'],
    ['sites', `${sites.length}${byClass.length > 0 ? `: ${byClass.join(', ')}` : ''}`],
  ];
  return `${rows.map(([key, value]) => `  ${key!.padEnd(8)} ${showControls(value!)}`).join('\n')}\n`;
}
