import { inlineScript } from '../inlineScript.js';
import { KIND_MARKS } from './kindMarks.js';

/** The modules of browser/, those that others use first. */
const FILES = [
  '../../browser/dom',
  'store',
  'view',
  'bitmaps',
  'paint',
  'hatch',
  'missed',
  'marks',
  'stage',
  'pointer',
  'details',
  'list',
  'copy',
  'toolbar',
  'help',
  'keys',
  'outbox',
  'reviewPanel',
  'review',
  'main',
];

let script: string | undefined;

/** The viewer's script, with the signs and colours of the kinds. */
export function viewerScript(): string {
  script ??= `${inlineScript(FILES.map((name) => new URL(`./browser/${name}.js`, import.meta.url)))}
start(${JSON.stringify(KIND_MARKS)});`;
  return script;
}
