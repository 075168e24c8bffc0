import { readFileSync } from 'node:fs';

/**
 * Browser modules as one script, in the order given, without what they import from each other: a page that is opened
 * from disk may load no other file. Those that others use come first, and no two may declare the same name.
 */
export function joinModules(files: readonly URL[]): string {
  return `'use strict';\n${files.map(readModule).join('\n')}`;
}

function readModule(file: URL): string {
  return readFileSync(file, 'utf8')
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export (?=function|const)/gm, '')
    .replace(/^export \{\};\n?/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
    .trim();
}
