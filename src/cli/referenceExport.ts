import { type Command, Option } from 'commander';
import type { ExportFormat } from '../layout/exporters/index.js';
import type { Context } from './run.js';

/** As `EXPORTERS` of layout/ has them; named here since `--help` must not wait for the layout room to load. */
const FORMATS = ['coco', 'yolo', 'centroid', 'label-studio'] as const satisfies readonly ExportFormat[];

/** `boardiff reference export REF --format FORMAT`: the sites in a format of other tools. */
export function addReferenceExport(reference: Command, context: Context): void {
  reference
    .command('export')
    .description('give the sites out in a format of other tools')
    .argument('<ref>', 'reference folder')
    .addOption(
      new Option(
        '-f, --format <format>',
        'coco, yolo and label-studio: boxes on the golden photo; centroid: CSV in mm',
      )
        .choices(FORMATS)
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'file to write; default: standard output')
    .action(async (ref: string, { format, output }: { format: ExportFormat; output?: string }) => {
      const [{ readReferenceFolder }, { EXPORTERS }] = await Promise.all([
        import('../layout/index.js'),
        import('../layout/exporters/index.js'),
      ]);
      const text = EXPORTERS[format]((await readReferenceFolder(ref)).description);
      if (output === undefined) {
        context.out(text);
        return;
      }
      const { writeAtomically } = await import('../files.js');
      await writeAtomically(output, text);
      context.err(`boardiff: written to ${output}\n`);
    });
}
