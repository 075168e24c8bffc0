import { basename, resolve } from 'node:path';
import { isPhotoName } from './listPhotos.js';
import { untilSteady } from './untilSteady.js';

/**
 * Photos in folders, those that are there and those that arrive, each when its file is whole; changed ones again.
 * @param output folder of results, not watched
 * @param steadyMs a file is whole when it has not changed for so long
 * @param signal ends it
 */
export async function* watchPhotos(
  folders: readonly string[],
  output: string,
  steadyMs: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { watch } = await import('chokidar');
  const own = resolve(output);
  const roots = new Set(folders.map((folder) => resolve(folder)));
  const ready: string[] = [];
  const waiting = new Set<string>();
  let wake = () => {};
  const watcher = watch([...folders], {
    ignored: (path) => {
      const full = resolve(path);
      return full === own || (basename(path).startsWith('.') && !roots.has(full));
    },
    followSymlinks: false,
  });
  const onFile = async (path: string) => {
    if (!isPhotoName(path) || waiting.has(path)) return;
    waiting.add(path);
    const whole = await untilSteady(path, steadyMs, signal);
    waiting.delete(path);
    if (!whole) return;
    ready.push(path);
    wake();
  };
  watcher.on('add', onFile).on('change', onFile);
  // A folder that cannot be read must not end the watch of the others.
  watcher.on('error', () => {});
  const onStop = () => wake();
  signal.addEventListener('abort', onStop);
  try {
    while (!signal.aborted) {
      const path = ready.shift();
      if (path !== undefined) yield path;
      else
        await new Promise<void>((resume) => {
          wake = resume;
          if (signal.aborted) resume();
        });
    }
  } finally {
    signal.removeEventListener('abort', onStop);
    await watcher.close();
  }
}
