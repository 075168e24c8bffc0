import { basename } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { builtInModel } from './builtInModel.js';
import { checkChange } from './checkChange.js';
import { CheckList, type ModelCheck } from './checkList.js';
import { checkOutput } from './checkOutput.js';
import { checkTensors } from './checkTensors.js';
import type { ModelContract } from './contract.js';
import { contractPathOf, isMismatch, readContract, readModelBytes } from './modelFiles.js';
import { loadRuntime, type Runtime } from './runtime.js';

/** All that was found out about a model; contract and runtime are there when every check is ok. */
export interface Examination {
  checks: ModelCheck[];
  ready: { contract: ModelContract; runtime: Runtime; sha256: string } | null;
}

/**
 * Holds a model against its contract.
 * @param modelFile the .onnx or the .json beside it; default: the built-in model
 * @returns one result a check, in the order in which they were made; it ends where going on makes no sense
 */
export async function checkModel(modelFile: string = builtInModel()): Promise<ModelCheck[]> {
  return (await examine(modelFile, 0)).checks;
}

/** The checks of {@link checkModel}, and the loaded model. */
export async function examine(modelFile: string, threads: number): Promise<Examination> {
  const list = new CheckList();
  const ready = await runChecks(modelFile, threads, list);
  const { checks } = list;
  return { checks, ready: checks.every(({ ok }) => ok) ? ready : null };
}

async function runChecks(modelFile: string, threads: number, list: CheckList): Promise<Examination['ready']> {
  const contractPath = contractPathOf(modelFile);
  const contract = await readContract(contractPath);
  if (isMismatch(contract)) {
    list.differs('contract', contract);
    return null;
  }
  list.ok('contract', `${basename(contractPath)}: ${contract.name} ${contract.version}`);
  const model = await readModelBytes(contractPath, contract);
  if (isMismatch(model)) {
    list.differs('file', model);
    return null;
  }
  list.ok('file', `${contract.file}, ${(model.bytes.length / 2 ** 20).toFixed(1)} MiB`);
  const { sha256 } = model;
  if (sha256 !== contract.sha256) {
    const hint = 'The .onnx is not the file that the contract was written for: fetch both again.';
    list.differs('SHA-256', { expected: contract.sha256, got: sha256, hint });
    return null;
  }
  list.ok('SHA-256', sha256);
  let runtime: Runtime;
  try {
    runtime = await loadRuntime(model.bytes, sha256, threads);
  } catch (error) {
    const got = error instanceof UserError ? error.message.replace(/^.*?, got: /, '') : messageOf(error);
    const hint = (error instanceof UserError && error.hint) || 'Check the installation with: boardiff doctor';
    list.differs('runtime', { expected: 'a model that ONNX Runtime loads', got, hint });
    return null;
  }
  list.ok('runtime', 'ONNX Runtime loads it');
  if (contract.task === 'change') await checkChange(contract, runtime, list);
  else if (!checkTensors(contract, runtime, list)) return null;
  else await checkOutput(contract, runtime, list);
  noteProvenance(contract, list);
  return { contract, runtime, sha256 };
}

/** What is optional for a model of one's own is said, not asked for. */
function noteProvenance({ trainingData, quality }: ModelContract, list: CheckList): void {
  list.ok('training data', trainingData ? `${trainingData.length} sources stated` : 'not stated (optional)');
  list.ok('quality', quality ? `${Object.keys(quality).length} figures stated` : 'not stated (optional)');
}
