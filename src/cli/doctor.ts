import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Command } from 'commander';
import { messageOf } from '../errors.js';
import { VERSION } from '../version.js';
import { EXIT } from './exitStatus.js';
import type { Context } from './run.js';

/** A check gives what it found, or throws. */
type Check = [name: string, run: () => Promise<string> | string];

/** An inspection of a 12 MP photo takes about this much. */
const NEEDED_BYTES = 1.2e9;

/** `boardiff doctor`: is this machine able to run it? */
export function addDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('say whether this machine can run boardiff')
    .action(async () => {
      let healthy = true;
      for (const [name, run] of checks) {
        try {
          context.out(`  ok       ${name.padEnd(10)} ${await run()}\n`);
        } catch (error) {
          healthy = false;
          context.out(`  problem  ${name.padEnd(10)} ${messageOf(error).split('\n')[0]}\n`);
        }
      }
      context.out(healthy ? 'This machine can run boardiff.\n' : 'Something is missing: see above.\n');
      context.exit(healthy ? EXIT.matches : EXIT.failed);
    });
}

const checks: Check[] = [
  ['boardiff', () => VERSION],
  ['node', node],
  ['machine', machine],
  ['photos', photos],
  ['align', align],
  ['model', model],
];

function node(): string {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major! < 20 || (major === 20 && minor! < 9)) {
    throw new Error(`expected Node.js 20.9 or newer, got ${process.versions.node}`);
  }
  return `Node.js ${process.versions.node} on ${process.platform} ${process.arch}`;
}

function machine(): string {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  if (totalmem() < NEEDED_BYTES) {
    throw new Error(`expected at least ${gigabytes(NEEDED_BYTES)} of memory, got ${gigabytes(totalmem())}`);
  }
  return `${availableParallelism()} cores, ${gigabytes(totalmem())} of memory, ${gigabytes(freemem())} free`;
}

async function photos(): Promise<string> {
  const { default: sharp } = await import('sharp');
  const missing = (['jpeg', 'png', 'webp', 'tiff', 'heif'] as const).filter(
    (id) => !sharp.format[id].input.buffer,
  );
  if (missing.length > 0) throw new Error(`expected to read ${missing.join(', ')}, but this libvips cannot`);
  return `sharp with libvips ${sharp.versions.vips}: JPEG, PNG, WebP, TIFF, AVIF`;
}

async function align(): Promise<string> {
  const { openCvVersion } = await import('../register/index.js');
  return `OpenCV ${await openCvVersion()}`;
}

async function model(): Promise<string> {
  const { loadDetector } = await import('../detect/index.js');
  const { contract } = await loadDetector();
  return `${contract.name} ${contract.version} runs and gives its golden vectors`;
}
