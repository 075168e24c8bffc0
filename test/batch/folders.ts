import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { latest, readJournal } from '../../src/batch/index.js';

/** A fresh folder for a test. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'boardiff-batch-'));
}

/** Writes files by name into a folder. */
export function fill(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** All that an output folder says in the end, without times: files with their content, and the last of each photo. */
export async function stateOf(output: string): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  for (const entry of readdirSync(join(output, 'photos'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    state[path.slice(output.length)] = readFileSync(path, 'utf8');
  }
  for (const { at, ms, ...rest } of latest((await readJournal(output)).entries)) {
    state[rest.path] = JSON.stringify(rest);
  }
  return state;
}
