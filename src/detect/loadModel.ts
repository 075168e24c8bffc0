import { UserError } from '../errors.js';
import { examine } from './checkModel.js';
import type { ModelContract } from './contract.js';
import type { Runtime } from './runtime.js';

const KINDS = { detect: 'a part detector', change: 'a change model' } as const;

/** A checked model of one task. */
export interface LoadedModel<Task extends ModelContract['task']> {
  contract: Extract<ModelContract, { task: Task }>;
  runtime: Runtime;
  sha256: string;
}

/**
 * Loads a model, holds it against its contract and makes sure that it does what is asked of it.
 * @param threads of the runtime, 0 for as many as there are cores
 * @throws UserError in one line that says what differs
 */
export async function loadModel<Task extends ModelContract['task']>(
  modelFile: string,
  task: Task,
  threads: number,
): Promise<LoadedModel<Task>> {
  const { checks, ready } = await examine(modelFile, threads);
  if (!ready) {
    const failed = checks.find(({ ok }) => !ok)!;
    throw new UserError(
      `${modelFile}: ${failed.name}: ${failed.detail}`,
      `${failed.hint} All checks: boardiff model check ${modelFile}`,
    );
  }
  if (ready.contract.task !== task) {
    throw new UserError(
      `${modelFile}: expected ${KINDS[task]} ("task": "${task}"), got ${KINDS[ready.contract.task]}`,
      'Name the other model, or leave the option out to use the built-in one.',
    );
  }
  return ready as LoadedModel<Task>;
}
