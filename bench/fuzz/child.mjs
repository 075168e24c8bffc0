// Runs damaged inputs of one kind, one after the other, and says what is wrong. Started by bench/fuzz.mjs.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { forTerminal } from '../../dist/report/terminal.js';
import { createRandom } from '../../dist/selftest/index.js';
import { TARGETS } from './targets.mjs';

const { kind, from, to } = JSON.parse(process.argv[2]);
const { prepare, run } = TARGETS[kind];
const folder = await mkdtemp(join(tmpdir(), `boardiff-fuzz-${kind}-`));
process.on('disconnect', () => process.exit(1));
process.on('uncaughtException', (error) => report(`uncaught: ${error?.stack ?? error}`));
process.on('unhandledRejection', (error) => report(`unhandled: ${error?.stack ?? error}`));

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const names = () => JSON.stringify(prototypes.map((one) => Object.getOwnPropertyNames(one)));
const before = names();
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRAY = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
let at = -1;
// Without whom it reports to it ends; a send that fails would come back here for ever.
const report = (problem) =>
  process.connected ? process.send({ type: 'problem', at, problem }) : process.exit(1);
// Nothing that is read may make it talk to anybody.
for (const [owner, name] of [
  [net.Socket.prototype, 'connect'],
  [dgram.Socket.prototype, 'send'],
  [dns, 'lookup'],
  [globalThis, 'fetch'],
]) {
  owner[name] = () => {
    report(`it asked the network: ${name}`);
    throw new Error('no network here');
  };
}
/** Notes text that a user would see, and whether it could do something. */
const said = {
  /** A line in a table that shows its controls itself. */
  table(text) {
    said.terminal(forTerminal(text));
  },
  terminal(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: boardiff's own colours
    const plain = text.replace(/\x1b\[(?:0|1|2|22|3[1-6]|39)m/g, '');
    if (STRAY.test(plain.replaceAll('\n', '')))
      report(`a control reaches the terminal: ${JSON.stringify(plain).slice(0, 500)}`);
  },
  html(text) {
    said.xml(text);
    if (/<script>canary|<img src=x|(?:href|src)\s*=\s*["']?\s*javascript:/i.test(text))
      report('markup from outside reaches the page');
  },
  xml(text) {
    const found = STRAY.exec(text.replace(/\r?\n|\t/g, ''));
    if (found)
      report(
        `a control reaches a page: ${JSON.stringify(text.slice(Math.max(0, found.index - 100), found.index + 100))}`,
      );
  },
};

const seeds = await prepare(folder);
const kept = new Set(await listAll(folder));
process.send({ type: 'ready' });
for (at = from; at < to; at++) {
  process.send({ type: 'at', at });
  const place = join(folder, 'case');
  await mkdir(join(place, 'in'), { recursive: true });
  await mkdir(join(place, 'out'), { recursive: true });
  let outcome = 'taken';
  try {
    // One stream a case, so that a single one can be run again.
    await run(seeds, createRandom(0x5eed + at * 7919), place, said);
  } catch (error) {
    outcome = 'refused';
    if (error?.name !== 'UserError') report(error?.stack ?? `thrown: ${error}`);
    else {
      // zod's own words for what is missing are no hole.
      if (/undefined|\[object/.test(error.message.replaceAll('received undefined', '')))
        report(`a message with a hole: ${error.message}`);
      said.terminal(`${forTerminal(error.message)}\n${forTerminal(error.hint ?? '')}`);
    }
  }
  if (names() !== before) report('a prototype was changed');
  const stray = (await listAll(folder)).filter(
    (path) => !kept.has(path) && !/^case(?:$|[/\\](?:in|out))/.test(path),
  );
  if (stray.length > 0) report(`files beside the output folder: ${stray.join(', ')}`);
  await rm(place, { recursive: true, force: true });
  process.send({ type: 'done', outcome });
}
await rm(folder, { recursive: true, force: true });
process.disconnect();
process.exit(0);

async function listAll(root) {
  return (await readdir(resolve(root), { recursive: true })).filter(
    (path) => !/^case[/\\](in|out)[/\\]/.test(path),
  );
}
