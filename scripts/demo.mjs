// Learns a reference from four photos of good boards, inspects a sample photo with an implant on it, and says where the
// report is. The inspection ends with status 1, "differs": for the demo that is success.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const good = [1, 2, 3, 4].map((n) => `samples/golden/golden-${n}.jpg`);
const reference = 'out/demo-reference';

rmSync(reference, { recursive: true, force: true });
if (run(['reference', 'create', ...good, '-o', reference]) !== 0) process.exit(1);
const status = run(['inspect', 'samples/incoming/implant.jpg', '--reference', reference, '-o', 'out/demo']);
console.log(
  `Exit status ${status}${status === 1 ? ': the board differs. Open out/demo/report.html, or look at out/demo/picture.jpg.' : ''}`,
);
process.exitCode = status === 1 ? 0 : 1;

function run(args) {
  console.log(`$ boardiff ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'inherit' });
  console.log();
  return status;
}
