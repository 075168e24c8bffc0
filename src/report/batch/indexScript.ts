import { joinModules } from '../joinModules.js';

/** The modules of browser/, those that others use first. */
const FILES = [
  '../layout/browser/dom',
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
  script ??= joinModules(FILES.map((name) => new URL(`./${name}.js`, import.meta.url)));
  return script;
}
