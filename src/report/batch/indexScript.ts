import { inlineScript } from '../inlineScript.js';

/** The modules of browser/, those that others use first. */
const FILES = [
  '../browser/dom',
  'browser/sheet',
  'browser/row',
  'browser/rows',
  'browser/controls',
  'browser/panels',
  'browser/address',
  'browser/sheetKeys',
  'browser/sheetMain',
];

let script: string | undefined;

/** The contact sheet's script. */
export function indexScript(): string {
  script ??= inlineScript(FILES.map((name) => new URL(`./${name}.js`, import.meta.url)));
  return script;
}
