import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests write outside of the project goes into one folder, and that goes when they are done: a run left hundreds behind. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'boardiff-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
