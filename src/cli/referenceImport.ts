import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../errors.js';
import type { Imported } from '../importReference.js';
import type { BoardSide, TypedPoint } from '../placeLayout.js';
import { showControls } from '../report/escape.js';
import type { Context } from './run.js';

interface ImportCommandOptions {
  output: string;
  photo?: string;
  side?: BoardSide;
  point?: TypedPoint[];
  variant?: string;
  name?: string;
  model?: string;
  force?: boolean;
}

/** `boardiff reference import FILE -o DIR`: a reference from CAD, placement or boardview data. */
export function addReferenceImport(reference: Command, context: Context): void {
  reference
    .command('import')
    .description('make a reference from CAD, placement or boardview data')
    .argument(
      '<file>',
      'KiCad board, IPC-2581, placement file (CSV, POS), InteractiveHtmlBom, boardview (BRD2, BVR), COCO, YOLO or Label Studio',
    )
    .requiredOption('-o, --output <dir>', 'folder to write the reference to')
    .option('-p, --photo <golden>', 'photo of a good board to lay the sites onto; needed to compare with')
    .addOption(
      new Option('-s, --side <side>', 'side of the board; default: the one that the photo shows').choices([
        'top',
        'bottom',
      ]),
    )
    .option(
      '--point <place=px,py>',
      'a part (R1=120,340) or place in mm (10.5,20=120,340) and where it is in the photo; three or more times, instead of a fit by the parts that are seen',
      collectPoint,
    )
    .option(
      '--variant <name>',
      'the file is another fitting of the board whose reference is in DIR: note what it expects there under this name',
    )
    .option('-n, --name <name>', 'name of the board; default: as the file has it')
    .option('-m, --model <file>', 'another part detector')
    .option('--force', 'replace a reference that is there already')
    .action(async (file: string, options: ImportCommandOptions) => {
      const { output, photo, side, point = [], name, model, force, variant } = options;
      if (variant !== undefined) {
        if (photo || side || point.length > 0 || name || force) {
          throw new UserError(
            '--variant: expected no --photo, --side, --point, --name or --force beside it',
            'The reference in DIR has all of these already.',
          );
        }
        const { importVariant } = await import('../importVariant.js');
        const { differing, description, remarks } = await importVariant(file, output, variant);
        context.out(
          `Variant "${variant}" noted in ${output}: ${differing} of ${description.sites.length} sites differ\n`,
        );
        for (const remark of remarks) context.err(`boardiff: ${file}: ${remark}\n`);
        return;
      }
      const { importReference } = await import('../importReference.js');
      const made = await importReference(
        file,
        output,
        async () => (await import('../detect/index.js')).loadDetector(model),
        {
          points: point,
          ...(photo ? { photo } : {}),
          ...(side ? { side } : {}),
          ...(name ? { name } : {}),
          ...(force ? { force } : {}),
        },
      );
      context.out(`Reference written to ${output}\n${summary(made)}`);
      for (const remark of made.remarks) context.err(`boardiff: ${file}: ${remark}\n`);
      if (!photo) {
        context.err(
          'boardiff: no photo was named, so that the reference can be looked at and edited, but not compared with.\n' +
            '  Import again with --photo GOLDEN.jpg to compare photos with it.\n',
        );
      }
    });
}

/** Parses `R1=120,340` or `10.5,20=120,340` and puts it to those before, for commander. */
export function collectPoint(text: string, before: TypedPoint[] = []): TypedPoint[] {
  const at = text.lastIndexOf('=');
  const photo = pair(text.slice(at + 1));
  const place = text.slice(0, Math.max(0, at)).trim();
  if (!photo || place === '') {
    throw new InvalidArgumentError(`expected NAME=PX,PY or X,Y=PX,PY, got "${text}"`);
  }
  return [...before, { layout: pair(place) ?? place, photo }];
}

function pair(text: string): [number, number] | null {
  const words = /^\s*([+-]?[\d.]+)\s*,\s*([+-]?[\d.]+)\s*$/.exec(text);
  const [x, y] = [Number(words?.[1]), Number(words?.[2])];
  return Math.max(Math.abs(x), Math.abs(y)) <= 1e6 ? [x, y] : null;
}

function summary({ description, fit }: Imported): string {
  const { name, frame, source, outline, sites } = description;
  const count = (expected: string) => sites.filter((site) => site.expected === expected).length;
  const rows = [
    ['name', name],
    ['source', `${source.kind}${source.side ? `, ${source.side} side` : ''}`],
    [
      'frame',
      `${frame.width} × ${frame.height} px${frame.mmPerPixel ? `, ${frame.mmPerPixel} mm a pixel` : ', scale unknown'}`,
    ],
    ['outline', outline.found ? 'known' : 'not known: the whole frame'],
    ['sites', `${count('fitted')} fitted, ${count('empty')} empty, ${count('optional')} optional`],
    ...(source.lacks.length > 0 ? [['lacks', source.lacks.join(', ')]] : []),
    ...(fit ? [['fit', fitLine(fit)]] : []),
  ];
  return `${rows.map(([key, value]) => `  ${key!.padEnd(8)} ${showControls(value!)}`).join('\n')}\n`;
}

function fitLine({ pairs, inlierShare, residualPx, residualMm }: NonNullable<Imported['fit']>): string {
  const off = `median residual ${residualPx.toFixed(1)} px (${residualMm.toFixed(2)} mm)`;
  if (inlierShare === null) return `${pairs} typed points, ${off}`;
  return `${pairs} parts, ${Math.round(100 * inlierShare)} % of the fitted sites in view, ${off}`;
}
