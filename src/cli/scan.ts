import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { Status } from '../batch/index.js';
import { UserError } from '../errors.js';
import type { ScanSettings } from '../scanIdentity.js';
import { addFormats, type FormatOptions, giveReport } from './batchFormats.js';
import { batchStatus, statusesOfBoards } from './batchStatus.js';
import { boardPattern, positiveInteger, positiveNumber, seconds, workerCount } from './options.js';
import { Progress } from './progress.js';
import { readStdin } from './readStdin.js';
import { refreshLists } from './refreshLists.js';
import type { Context } from './run.js';
import { stopOnSignals } from './stopOnSignals.js';

interface ScanOptions extends FormatOptions {
  reference?: string;
  references?: string;
  rules?: string;
  noReference?: boolean;
  group?: string;
  queue?: string;
  output: string;
  workers?: number;
  timeout: number;
  force?: boolean;
  watch?: boolean;
  steady: number;
  null?: boolean;
  quiet?: boolean;
  model?: string;
  variant?: string;
  falseCalls?: number;
  maxPixels?: number;
}

/** While watching, the lists are renewed so long after a photo. */
const REFRESH_MS = 5000;

/** What shells give for a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** `boardiff scan PATH... --reference REF -o DIR`: many photos, one list. */
export function addScan(program: Command, context: Context): void {
  const command = program
    .command('scan')
    .description('compare many photos with a reference; the same command again does what is missing')
    .argument('<path...>', 'photos, folders, globs in quotes, or - for a list on stdin, one path a line')
    .option('-r, --reference <ref>', 'reference folder, or one golden photo')
    .option(
      '--references <dir>',
      'folder of many of them: each photo is compared with the one that it looks like',
    )
    .option('--rules <file>', 'rule file that says which photos belong to which reference')
    .addOption(noReference())
    .requiredOption('-o, --output <dir>', 'folder of results, with an index.html and a folder a photo')
    .option(
      '-w, --workers <n>',
      'processes beside each other, about 1 GB of memory each (default: as many as cores)',
      workerCount,
    )
    .option(
      '--group <pattern>',
      'photos of one board get one verdict: a regular expression on paths with (?<board>…) in it, and (?<side>…) or ' +
        '(?<shot>…) where there are several',
      boardPattern,
    )
    .option(
      '--queue <url>',
      'have the photos inspected by `boardiff worker` on any machine, through this Redis server',
    )
    .option('--timeout <seconds>', 'a photo that takes longer is tried once more', seconds, 300)
    .option('--force', 'do again what is done already')
    .option('--watch', 'keep taking photos as they arrive in the folders, until Ctrl-C')
    .option('--steady <seconds>', 'with --watch: a file that keeps its size so long is whole', seconds, 2)
    .option('-0, --null', 'the list on stdin ends each path with NUL')
    .option('-q, --quiet', 'no progress')
    .option('--variant <name>', "one of the reference's fittings; default: the plain one")
    .option('-m, --model <file>', 'another part detector: an .onnx with its contract beside it')
    .option('--false-calls <n>', 'as for inspect (default: 0.5)', positiveNumber)
    .option('--max-pixels <n>', 'largest photo to decode, in pixels', positiveInteger);
  addFormats(command).action(async (named: string[], options: ScanOptions) => {
    const [
      batch,
      { scanIdentity },
      { openAims, openBatchAims },
      { readBatchReport, writeLists },
      { writeScanRecord },
    ] = await Promise.all([
      import('../batch/index.js'),
      import('../scanIdentity.js'),
      import('../choose/index.js'),
      import('../batchResults.js'),
      import('../scanRecord.js'),
    ]);
    const say = (message: string) => options.quiet || context.err(message);
    const { output, model, falseCalls, maxPixels, group, queue } = options;
    const fingerprint = await scanIdentity({ model, falseCalls, maxPixels });
    const listed = await listPaths(batch, named, options, say);
    /** Photos to learn from: a watch lists none beforehand, and takes what is in the folders now. */
    const lesson = async () => (options.watch ? (await batch.listPhotos(named, output)).paths : listed);
    const aims = options.noReference
      ? await openBatchAims({ ...options, paths: await lesson() }, output, say)
      : await openAims(options, output, say);
    const settings: ScanSettings = {
      first: aims.first ?? undefined,
      model: model && resolve(model),
      falseCalls,
      maxPixels,
    };
    const total = options.watch ? null : listed.length;
    if (total === 0) throw new UserError('expected at least one photo, got none', 'Check the paths.');

    const columns = process.stderr.isTTY ? (process.stderr.columns ?? 80) : null;
    const progress = new Progress(say, total, columns);
    const { stop, now, off } = stopOnSignals(() => {
      say('\nFinishing the photos that are being inspected. Ctrl-C again stops at once.\n');
    });
    const lists = refreshLists(
      async () => writeLists(output, await readBatchReport(output, group)),
      REFRESH_MS,
    );
    const statuses = new Map<string, Status>();
    const byPath = new Map<string, Status>();
    let stopped: boolean;
    try {
      const paths = options.watch
        ? batch.watchPhotos(named, output, 1000 * options.steady, stop.signal)
        : listed;
      const end = await batch.runBatch({
        output,
        paths,
        fingerprint,
        aim: aims.aim,
        worker: { script: fileURLToPath(new URL('./scanWorker.js', import.meta.url)), options: settings },
        workers: Math.min(options.workers ?? availableParallelism(), total ?? Infinity),
        ...(queue && { runJobs: await runOnQueue(queue, fingerprint, say) }),
        timeoutMs: 1000 * options.timeout,
        force: options.force ?? false,
        stop: stop.signal,
        now: now.signal,
        onEntry: (entry, fresh) => {
          progress.add(entry, fresh);
          statuses.set(entry.file, entry.status);
          byPath.set(entry.path, entry.status);
          if (options.watch && fresh) lists.soon();
        },
      });
      stopped = end.stopped && (!options.watch || now.signal.aborted);
      progress.end();
      if (end.unreadable > 0)
        say(
          `${end.unreadable} damaged lines of the journal were passed over; their photos were done again.\n`,
        );
    } finally {
      // Also ends a watch that the batch did not see the end of.
      stop.abort();
      off();
      aims.end();
      await lists.end();
    }
    if (now.signal.aborted) {
      context.err('Stopped. The same command goes on where it was.\n');
      return context.exit(INTERRUPTED);
    }
    // Reading its record takes a library that help and other commands need not wait for.
    const { BATCH_REFERENCE } = await import('../batchReference.js');
    const references = options.noReference ? join(output, BATCH_REFERENCE) : options.references;
    await writeScanRecord(output, { ...options, references });
    const report = await readBatchReport(output, group);
    await writeLists(output, report);
    await giveReport(report, options, context);
    say(`\nList: ${join(output, 'index.html')}\n`);
    if (stopped) context.err('Stopped before the end. The same command goes on where it was.\n');
    const { boards } = report;
    const ends = boards ? statusesOfBoards(boards, byPath) : statuses.values();
    context.exit(stopped ? INTERRUPTED : batchStatus(ends));
  });
}

/** An option of its own, and not the contrary of --reference, which would hide that both were given. */
function noReference(): Option {
  const option = new Option(
    '--no-reference',
    'there is no golden board: compare the boards of the batch, 3 and more, with each other',
  );
  option.negate = false;
  return option;
}

/** Loaded for those who use a queue alone. */
async function runOnQueue(url: string, fingerprint: string, say: (message: string) => void) {
  const { placeOf, sendJobs } = await import('../batch/queue/index.js');
  placeOf(url);
  return sendJobs(url, fingerprint, say);
}

/** The photos to scan, from arguments and stdin. */
async function listPaths(
  batch: typeof import('../batch/index.js'),
  named: string[],
  { output, watch, null: nul = false }: ScanOptions,
  say: (message: string) => void,
): Promise<string[]> {
  if (watch) {
    const { stat } = await import('node:fs/promises');
    for (const path of named) {
      if (!(await stat(path).catch(() => null))?.isDirectory())
        throw new UserError(
          `--watch: expected folders, got ${path}`,
          'Name the folder that photos arrive in.',
        );
    }
    return [];
  }
  const { paths, skipped } = await batch.listPhotos(
    named.filter((path) => path !== '-'),
    output,
  );
  for (const path of skipped) say(`Passed over, since it holds results: ${path}\n`);
  if (named.includes('-')) paths.push(...batch.readList(await readStdin(), nul));
  return [...new Set(paths)];
}
