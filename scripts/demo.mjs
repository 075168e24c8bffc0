// Inspects a sample photo with an implant on it and says where the report is.
// The inspection ends with status 1, "differs": for the demo that is success.
import { spawnSync } from 'node:child_process';

const args = [
  'inspect',
  'samples/incoming/implant.jpg',
  '--reference',
  'samples/golden/golden-1.jpg',
  '-o',
  'out/demo',
];
console.log(`$ boardiff ${args.join(' ')}\n`);
const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'inherit' });
console.log(
  `\nExit status ${status}${status === 1 ? ': the board differs. Open out/demo/report.html, or look at out/demo/picture.jpg.' : ''}`,
);
process.exitCode = status === 1 ? 0 : 1;
