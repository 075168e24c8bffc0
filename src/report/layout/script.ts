import { joinModules } from '../joinModules.js';

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

/** The page's script: the modules of browser/ one after the other. */
export function pageScript(): string {
  script ??= joinModules(FILES.map((name) => new URL(`./browser/${name}.js`, import.meta.url)));
  return script;
}
