// Measures, in one run: --help, and the whole of inspect on a 12 MP photo stage by stage, with peak memory.
// The 12 MP pair is made from two samples by enlarging them, so that anyone can run it.  npm run bench
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-bench-'));
const run = (...args) => {
  const started = performance.now();
  const result = spawnSync('/usr/bin/env', ['node', 'dist/cli/main.js', ...args], { encoding: 'utf8' });
  return { ms: performance.now() - started, ...result };
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

console.log(`${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`);
console.log(
  `--help: ${median(Array.from({ length: 9 }, () => run('--help').ms)).toFixed(0)} ms (median of 9)`,
);

for (const [name, from] of [
  ['golden', 'samples/golden/golden-1.jpg'],
  ['photo', 'samples/incoming/implant.jpg'],
]) {
  await sharp(from)
    .resize(4000, 3000, { fit: 'fill' })
    .jpeg({ quality: 90 })
    .toFile(join(folder, `${name}.jpg`));
}
run('reference', 'create', join(folder, 'golden.jpg'), '-o', join(folder, 'reference'));
const probe = `
  const { run } = await import(process.cwd() + '/dist/cli/run.js');
  await run(['inspect', ${JSON.stringify(join(folder, 'photo.jpg'))}, '-r', ${JSON.stringify(join(folder, 'reference'))}, '-o', ${JSON.stringify(join(folder, 'out'))}]);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write('peak ' + maxRSS + ' cpu ' + (userCPUTime + systemCPUTime));`;
const started = performance.now();
const { stderr } = spawnSync('node', ['--input-type=module', '-e', probe], { encoding: 'utf8' });
const total = performance.now() - started;
const { timings } = JSON.parse(readFileSync(join(folder, 'out', 'inspection.json'), 'utf8'));
const [, peak, cpu] = /peak (\d+) cpu (\d+)/.exec(stderr) ?? [];
console.log(
  `inspect, 12 MP against a reference folder: ${(total / 1000).toFixed(1)} s, CPU ${(cpu / 1e6).toFixed(1)} s, peak ${(peak / 1024).toFixed(0)} MiB`,
);
for (const [stage, ms] of Object.entries(timings)) {
  console.log(
    `  ${stage.padEnd(9)} ${String(ms).padStart(6)} ms  ${((100 * ms) / total).toFixed(0).padStart(3)} %`,
  );
}
console.log(
  `  rest      ${(total - Object.values(timings).reduce((a, b) => a + b, 0)).toFixed(0).padStart(6)} ms       start, model and reference loading, report`,
);
