import { inlineScript } from '../inlineScript.js';

/** The modules of browser/, those that others use first. */
const FILES = [
  'marks',
  '../../browser/dom',
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

/** The script of the layout page and of the editor. */
export function pageScript(): string {
  script ??= inlineScript(FILES.map((name) => new URL(`./browser/${name}.js`, import.meta.url)));
  return script;
}
