import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { plainJson } from './plainJson.js';

/**
 * A page's script: plain modules one after the other, without what they import from each other, since a page that is
 * opened from disk may load no other file. They share one scope, so that no name may occur twice.
 * @param files URLs of the modules, those that others use first
 */
export function inlineScript(files: readonly URL[]): string {
  return `'use strict';\n${files.map(readModule).join('\n')}`;
}

/** A script as a content security policy names it: that one and no other runs. */
export function scriptHash(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** JSON that cannot end the element it stands in. */
export function jsonInHtml(value: unknown): string {
  return plainJson(value).replace(/</g, '\\u003c');
}

function readModule(url: URL): string {
  return readFileSync(url, 'utf8')
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export (?=function|const)/gm, '')
    .replace(/^export \{\};\n?/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
    .trim();
}
