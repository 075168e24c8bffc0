import { NOTICE } from '../../document/index.js';
import { escapeHtml } from '../escape.js';
import { htmlHead } from '../htmlHead.js';
import { jsonInHtml, scriptHash } from '../inlineScript.js';
import { count } from '../words.js';
import { editorFields, editorTools } from './editorFields.js';
import { notKnown } from './lacks.js';
import { PAGE_STYLE } from './pageStyle.js';
import { heatUri, photoUri } from './pictures.js';
import { pageScript } from './script.js';
import { BOARD_COLOR } from './svg.js';
import type { LayoutView } from './view.js';

/** Options of {@link renderLayoutPage}. */
export interface LayoutPageOptions {
  /** Makes the page an editor: hash of the reference.json it is made from, which saving must find unchanged. */
  revision?: string;
}

/**
 * What the page may do: its own script and style, pictures inside it, and where it is an editor, talk to its server.
 * @param editor whether it is one
 */
export function pagePolicy(editor: boolean): string {
  return (
    `default-src 'none'; script-src ${scriptHash(pageScript())}; style-src 'unsafe-inline'; img-src data:; ` +
    `base-uri 'none'; form-action 'none'${editor ? "; connect-src 'self'" : ''}`
  );
}

/** The layout as a page that stands alone: it opens from disk and loads nothing. */
export async function renderLayoutPage(
  view: LayoutView,
  { revision }: LayoutPageOptions = {},
): Promise<string> {
  const { description, golden, variation } = view;
  const { name, frame, outline } = description;
  const editor = revision !== undefined;
  const points = outline.polygon.map((point) => point.join(',')).join(' ');
  const ground = golden
    ? `<image id="photo" width="${frame.width}" height="${frame.height}" href="${await photoUri(golden)}"/>`
    : `<polygon id="photo" points="${points}" fill="${BOARD_COLOR}"/>`;
  const heat = variation
    ? `<image id="variation" width="${variation.columns * variation.cell}" height="${variation.rows * variation.cell}" preserveAspectRatio="none" href="${await heatUri(variation)}"/>`
    : '';
  const layers = [
    golden ? layer('photo', 'Photo', true) : '',
    layer('sites', 'Sites', true),
    layer('regions', 'Regions', true),
    variation ? layer('variation', 'What varies', false) : '',
  ];
  return `${htmlHead(`${editor ? 'Edit' : 'Layout'}: ${name}`, pagePolicy(editor), PAGE_STYLE)}
<body${editor ? ' class="editor"' : ''}>
<header>
<div>
<h1>${escapeHtml(name)}</h1>
<p class="soft">${escapeHtml(facts(view))}</p>
</div>
${editor ? editorTools() : ''}
</header>
<noscript><p class="problem">This page draws the layout with a script, which is switched off here. layout.svg shows the same without one.</p></noscript>
${editor ? '<p class="problem" id="problem" role="alert" hidden></p>' : ''}
<main>
<section class="board" aria-label="Board">
<div class="strip">
<span class="layers">${layers.join('')}</span>
<label id="variant-field" hidden>Fitting <select id="variant"></select></label>
<span class="zoom"><button type="button" id="zoom-out" aria-label="zoom out">−</button><output id="zoom-percent"></output><button type="button" id="zoom-in" aria-label="zoom in">+</button><button type="button" id="zoom-fit">Whole board</button></span>
</div>
<div id="stage" tabindex="0" role="application" aria-label="Board with sites" aria-describedby="keys">
${editor ? '<p id="mode-hint" role="status" hidden></p>' : ''}
<svg id="board" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}" aria-hidden="true">
<defs><pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#000" fill-opacity=".35"/><rect width="2" height="10" fill="#fff" fill-opacity=".75"/></pattern></defs>
${ground}
${heat}
</svg>
</div>
<div class="strip key">
<div id="filter-expected" role="group" aria-label="Show sites that expect"></div>
<div id="filter-class" role="group" aria-label="Show classes"></div>
</div>
</section>
<aside>
<section id="details" aria-label="Details"></section>
${editor ? editorFields() : ''}
<section class="sites" aria-label="Sites">
<h2>Sites <span class="soft" id="counted" role="status"></span></h2>
<input type="search" id="filter-text" placeholder="Name, class or part" aria-label="Show sites whose name, class or part contains">
<ul id="list" role="listbox" tabindex="0" aria-label="Sites and regions"></ul>
</section>
<details${editor ? '' : ' open'}>
<summary>Not known</summary>
${list(notKnown(view), 'Everything that a layout can say is known here.')}
</details>
<details>
<summary>Keys</summary>
<p id="keys">${keysInWords(editor)}</p>
</details>
<p class="soft notice">${escapeHtml(NOTICE)}</p>
</aside>
</main>
<p id="announcer" role="status" aria-live="polite" class="unseen"></p>
<script type="application/json" id="data">${jsonInHtml({ description, revision: revision ?? null })}</script>
<script>${pageScript()}</script>
</body>
</html>
`;
}

function layer(name: string, word: string, on: boolean): string {
  return `<label><input type="checkbox" data-layer="${name}"${on ? ' checked' : ''} autocomplete="off"> ${word}</label>`;
}

function list(sentences: readonly string[], otherwise: string): string {
  if (sentences.length === 0) return `<p>${otherwise}</p>`;
  return `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}

function facts({ description }: LayoutView): string {
  const { frame, source, golden, sites, regions } = description;
  const scale = frame.mmPerPixel ? `, ${frame.mmPerPixel} mm a pixel` : '';
  const from =
    source.kind === 'photos' || source.kind === 'batch'
      ? `learnt from ${count(golden.length || 1, 'photo')}`
      : `from ${source.kind}`;
  return [
    `${count(sites.length, 'site')}${regions.length > 0 ? `, ${count(regions.length, 'region')}` : ''}`,
    `${frame.width} × ${frame.height} px${scale}`,
    `${from}${source.file ? `, ${source.file}` : ''}${source.side ? `, ${source.side} side` : ''}`,
  ].join(' · ');
}

function keysInWords(editor: boolean): string {
  const arrows = editor
    ? 'Arrow keys move what is chosen by a pixel, with Shift by ten; with Ctrl they make it larger or smaller. Delete deletes, Ctrl+Z undoes, Shift+Ctrl+Z does it again, Ctrl+S saves.'
    : 'Arrow keys go to the next site in that direction.';
  return `On the board: ${arrows} Page Down and Page Up go through the sites, + and − zoom, 0 shows the whole board, Escape chooses nothing. The list holds every site too.`;
}
