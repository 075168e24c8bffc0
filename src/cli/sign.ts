import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../errors.js';
import { showControls } from '../report/escape.js';
import { EXIT } from './exitStatus.js';
import type { Context } from './run.js';

/** `boardiff sign DIR --key FILE`: vouch for a folder of results. */
export function addSign(program: Command, context: Context): void {
  program
    .command('sign')
    .description('sign a folder of results, so that changes to it can be told')
    .argument('[dir]', 'folder of one result, or of a scan')
    .option('-k, --key <file>', 'private Ed25519 key, PEM')
    .option('--new-key <file>', 'make a pair of keys: FILE, which stays with you, and FILE.pub')
    .action(async (dir: string | undefined, { key, newKey }: { key?: string; newKey?: string }) => {
      const [sign, { takeLock }] = await Promise.all([
        import('../sign/index.js'),
        import('../batch/index.js'),
      ]);
      if (newKey !== undefined) {
        if (dir !== undefined || key !== undefined) {
          throw new UserError('--new-key: expected neither a folder nor --key beside it');
        }
        const publicPath = await sign.newKey(newKey);
        context.out(`Private key: ${newKey}\nPublic key:  ${publicPath}\n`);
        return;
      }
      if (dir === undefined || key === undefined) {
        throw new UserError(
          'expected a folder and --key FILE, got less',
          'Make a pair of keys with: boardiff sign --new-key FILE',
        );
      }
      const privateKey = await sign.readPrivateKey(key);
      const [home, real] = await Promise.all([realpath(dir).catch(() => null), realpath(key)]);
      if (home === null) throw new UserError(`${dir}: expected a folder of results, got no such folder`);
      if (real.startsWith(home + sep)) {
        throw new UserError(
          `${key}: expected a private key that lies elsewhere, got one among the results`,
          'Results are handed on, and the key with them: move it.',
        );
      }
      if (await sign.isExposed(key)) {
        context.err(`boardiff: ${key}: others on this machine can read it. Make it yours: chmod 600\n`);
      }
      // While a scan writes here, what is signed now is not what will be there.
      const release = await takeLock(dir);
      try {
        const { path, sha256, number, files } = await sign.signFolder(dir, privateKey);
        context.out(
          `Signed ${files} files: ${path}\n` +
            `Signature ${number}, SHA-256 ${sha256}\n` +
            'Note this line elsewhere: it shows when newer signatures were taken away.\n',
        );
      } finally {
        await release();
      }
    });
}

/** `boardiff verify DIR --key FILE.pub`: exit status 0 as signed, 1 not so. */
export function addVerify(program: Command, context: Context): void {
  program
    .command('verify')
    .description('hold a folder of results against its newest signature; exit status 1 when it differs')
    .argument('<dir>', 'folder that was signed')
    .requiredOption('-k, --key <file>', 'public Ed25519 key, PEM')
    .option(
      '--allow-growth',
      'let pass what further scans add to a folder, and the lists that they write anew',
    )
    .action(async (dir: string, { key, allowGrowth }: { key: string; allowGrowth?: boolean }) => {
      const { readPublicKey, verifyFolder } = await import('../sign/index.js');
      const result = await verifyFolder(dir, await readPublicKey(key), allowGrowth ?? false);
      const { fault, differences, grown, signature } = result;
      if (signature) {
        const { number, signedAt, files } = signature;
        context.out(`Signature ${number} of ${showControls(signedAt)}: ${files.length} files\n`);
      }
      if (grown.length > 0) context.out(`Not vouched for, from further scans: ${grown.length} files\n`);
      if (fault === null) context.out('As signed.\n');
      else {
        const more = differences.length > 1 ? `, and ${differences.length - 1} more` : '';
        context.out(`Not as signed. ${showControls(fault)}${more}\n`);
        if (differences.length > 0 && !allowGrowth) {
          context.err('boardiff: if the folder was scanned into since it was signed, try --allow-growth.\n');
        }
      }
      context.exit(fault === null ? EXIT.matches : EXIT.differs);
    });
}
