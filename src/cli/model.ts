import type { Command } from 'commander';
import { showControls } from '../report/escape.js';
import { EXIT } from './exitStatus.js';
import type { Context } from './run.js';

/** `boardiff model check FILE`: hold a model against its contract. */
export function addModel(program: Command, context: Context): void {
  const model = program.command('model').description('check the models that boardiff uses');
  model
    .command('check')
    .description('hold a model against its contract')
    .argument('[file]', 'the .onnx, or the .json beside it; default: the built-in detector')
    .action(async (file: string | undefined) => {
      const { checkModel } = await import('../detect/index.js');
      const checks = await checkModel(file);
      for (const { name, ok, detail } of checks) {
        context.out(`  ${ok ? 'ok     ' : 'differs'}  ${name.padEnd(15)} ${showControls(detail)}\n`);
      }
      context.exit(checks.every(({ ok }) => ok) ? EXIT.matches : EXIT.failed);
    });
}
