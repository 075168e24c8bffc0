import { readFileSync } from 'node:fs';

/** The modules of browser/, those that others use first. */
const FILES = [
  'marks',
  'dom',
  'edits',
  'store',
  'view',
  'draw',
  'pointer',
  'keys',
  'list',
  'filters',
  'details',
  'form',
  'save',
  'main',
];

let script: string | undefined;

/**
 * The page's script: the modules of browser/ one after the other, without what they import from each other, since a
 * page that is opened from disk may load no other file.
 */
export function pageScript(): string {
  script ??= `'use strict';\n${FILES.map(readModule).join('\n')}`;
  return script;
}

function readModule(name: string): string {
  return readFileSync(new URL(`./browser/${name}.js`, import.meta.url), 'utf8')
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export (?=function|const)/gm, '')
    .replace(/^export \{\};\n?/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
    .trim();
}
