import { escapeHtml } from '../escape.js';
import type { PageData } from './browser/types.js';

const MODES = [
  ['side', 'Side by side', '1'],
  ['swipe', 'Swipe', '2'],
  ['blink', 'Blink', '3'],
  ['difference', 'Difference', '4'],
] as const;

/** The pictures and what they are controlled with; the script fills the canvases. */
export function stage({ golden, sites, notJudged, findings }: PageData, file: string): string {
  const modes = MODES.map(
    ([mode, words, key]) =>
      `<button type="button" data-mode-of="${mode}" aria-pressed="false">${words} <kbd>${key}</kbd></button>`,
  );
  const layers = [
    findings.length > 0 ? layer('boxes', 'Boxes', 'b') : '',
    sites.length > 0 ? layer('sites', 'Matching sites', 'm') : '',
    notJudged.length > 0
      ? layer('unjudged', '<span class="hatch" aria-hidden="true"></span>Not judged', 'x')
      : '',
  ];
  return `<section class="board" aria-label="Pictures">
<div class="strip">
<span class="modes" role="group" aria-label="View"${golden ? '' : ' hidden'}>${modes.join('')}</span>
<span class="layers" role="group" aria-label="Show">${layers.join('')}</span>
<span class="zoom"><button type="button" id="zoom-out" aria-label="zoom out">−</button><output id="zoom-percent" aria-label="zoom"></output><button type="button" id="zoom-in" aria-label="zoom in">+</button><button type="button" id="zoom-fit">Fit <kbd>0</kbd></button></span>
</div>
<div id="stage" tabindex="0" role="application" aria-label="Reference and photo. Arrow keys step through the findings, plus and minus zoom, question mark lists all keys.">
<div class="pane reference" id="pane-golden"${golden ? '' : ' hidden'}><canvas role="img" aria-label="Reference"></canvas><span class="caption">Reference</span></div>
<div class="pane" id="pane-photo"><canvas role="img" aria-label="${escapeHtml(file)}"></canvas><span class="caption">Photo</span></div>
<div id="divider" role="slider" tabindex="0" aria-label="Line between reference and photo" aria-valuemin="0" aria-valuemax="100" aria-valuenow="50" hidden><span aria-hidden="true">⇔</span></div>
<div id="blinking" hidden><button type="button" id="flip">Swap <kbd>Space</kbd></button><label>slow <input type="range" id="rate" min="0.5" max="3" step="0.5" aria-label="Changes a second"> fast</label></div>
</div>
</section>`;
}

function layer(name: string, words: string, key: string): string {
  return `<button type="button" data-layer="${name}" aria-pressed="true">${words} <kbd>${key}</kbd></button>`;
}
