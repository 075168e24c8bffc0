// Feeds damaged inputs to everything that reads some, with fixed seeds, and says what broke:
//   npm run fuzz -- --count 10000 --only photo --from 0
// Asked of each: no crash, no hang, nothing thrown but a UserError, no file beside the output folder, no network, prototypes
// as they were, no control character on a terminal or page, no markup out of a text.
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';

const KINDS = [
  'photo',
  'model',
  'reference',
  'csv',
  'kicad',
  'ipc2581',
  'boardview',
  'ibom',
  'coco',
  'yolo',
  'journal',
  'inspection',
];
/** One damaged input may take so long; preparing the seeds too. */
const LIMIT_MS = 60_000;
/** Cases of one process: sessions of models that are loaded are never given back. */
const A_PROCESS = 500;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    only: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const first = Number(values.from);
const count = Number(values.count);
if (!(Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(first) && first >= 0)) {
  console.error(
    `fuzz: expected whole numbers for --count and --from, got ${values.count} and ${values.from}`,
  );
  process.exit(2);
}
const kinds = values.only ? values.only.split(',') : KINDS;
const unknown = kinds.find((kind) => !KINDS.includes(kind));
if (unknown !== undefined) {
  console.error(`fuzz: expected --only of ${KINDS.join(', ')}, got ${unknown}`);
  process.exit(2);
}

/** A reference is looked at as a whole, which takes a third of a second: of all kinds it gets a tenth. */
const SLOW = 'reference';

let broken = 0;
for (const kind of kinds) {
  const started = performance.now();
  const tally = { taken: 0, refused: 0, problems: 0 };
  const end = first + (kind === SLOW && kinds.length > 1 ? Math.ceil(count / 10) : count);
  for (let from = first; from < end; ) {
    from = await runSome(kind, from, Math.min(end, from + A_PROCESS), tally);
  }
  broken += tally.problems;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${kind.padEnd(11)} ${tally.taken} taken, ${tally.refused} refused, ${tally.problems} problems (${seconds} s)`,
  );
}
process.exit(broken > 0 ? 1 : 0);

/** Runs cases in a process of their own. @returns where to go on: behind the end, or behind the case that broke it */
function runSome(kind, from, to, tally) {
  return new Promise((resolve) => {
    const child = fork(new URL('./fuzz/child.mjs', import.meta.url), [JSON.stringify({ kind, from, to })], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let at = from - 1;
    let words = '';
    let late = false;
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, LIMIT_MS);
    };
    const tell = (where, problem) => {
      tally.problems++;
      console.log(
        `${kind} ${where}: ${problem}\n  again: npm run fuzz -- --only ${kind} --from ${where} --count 1`,
      );
    };
    wait();
    child.stderr.setEncoding('utf8').on('data', (text) => {
      words = (words + text).slice(-1000);
    });
    child.on('message', (message) => {
      wait();
      if (message.type === 'at') at = message.at;
      else if (message.type === 'done') tally[message.outcome]++;
      else if (message.type === 'problem') tell(message.at, message.problem);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(to);
      tell(
        at,
        late ? `it took longer than ${LIMIT_MS / 1000} s` : `the process ended: ${signal ?? code} ${words}`,
      );
      // Before the first case nothing will do better.
      resolve(at < from ? to : at + 1);
    });
  });
}
