import type { PhotoDecisions } from '../../decisions/index.js';
import { escapeHtml } from '../escape.js';
import { htmlHead } from '../htmlHead.js';
import { jsonInHtml, scriptHash } from '../inlineScript.js';
import { count, grouped } from '../words.js';
import { boardsPanel } from './boardsPanel.js';
import { indexData } from './indexData.js';
import { indexScript } from './indexScript.js';
import { INDEX_STYLE } from './indexStyle.js';
import type { BatchReport } from './row.js';
import { withoutScript } from './withoutScript.js';

/** What people said of the photos. */
export interface IndexDecisions {
  /** By folder of results. */
  photos: ReadonlyMap<string, PhotoDecisions>;
  /** Figures and charts, as HTML; empty where there is nothing to show yet. */
  figures: string;
  /** Sentences to be told above everything. */
  remarks: readonly string[];
}

/** What the page may do: its own script and style, and thumbnails beside it. */
function indexPolicy(): string {
  return (
    `default-src 'none'; script-src ${scriptHash(indexScript())}; style-src 'unsafe-inline'; img-src 'self' file: data:; ` +
    "base-uri 'none'; form-action 'none'"
  );
}

const KEYS: [string, string][] = [
  ['<kbd>j</kbd> <kbd>k</kbd> or <kbd>↓</kbd> <kbd>↑</kbd>', 'next, previous photo'],
  ['<kbd>Enter</kbd>', 'open its report'],
  ['<kbd>Page ↓</kbd> <kbd>Page ↑</kbd>', 'a screen further, back'],
  ['<kbd>Home</kbd> <kbd>End</kbd>', 'first, last photo'],
  ['<kbd>/</kbd>', 'search in the paths; <kbd>Enter</kbd> goes back to the list'],
  ['<kbd>x</kbd>', 'take all filters back'],
  ['<kbd>?</kbd>', 'these keys'],
];

/**
 * The contact sheet of a batch: all photos, those that differ first and worst first, to sort, filter and open. It
 * loads nothing but thumbnails beside it, and opens from disk.
 * @param decisions null where none were made
 */
export function renderIndex(report: BatchReport, decisions: IndexDecisions | null = null): string {
  const { counts, notice, references, photos, boards, eachOther } = report;
  const against = eachOther
    ? ' <span class="soft">compared with each other:</span> no golden board'
    : references.length > 0
      ? ` <span class="soft">against</span> ${escapeHtml(references.join(', '))}`
      : '';
  const heads = [
    head('', 'Picture'),
    head('path', 'Photo'),
    head('rank', 'Verdict'),
    head('count', 'Findings', true),
    head('score', 'Score', true),
    head('judged', 'Judged', true),
    ...(decisions ? [head('open', 'Decided')] : []),
  ];
  const title = `${count(counts.photos, 'photo')}, ${grouped(counts.differs)} differing`;
  // Without an icon of its own a page that is served asks its server for one.
  const top = htmlHead(title, indexPolicy(), INDEX_STYLE).replace(
    '</head>',
    '<link rel="icon" href="data:,">\n</head>',
  );
  return `${top}
<body${decisions ? ' class="with-decisions"' : ''}>
<div class="page">
<header>
<h1>Boards scanned</h1>
<p>${count(counts.photos, 'photo')}${against}</p>
<p class="soft notice">${escapeHtml(notice)}</p>
${(decisions?.remarks ?? []).map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`).join('\n')}
<div id="tiles" role="group" aria-label="Show by verdict"></div>
</header>
${withoutScript(photos)}
<div class="sides">
<main>
<div id="bar">
<div class="filters" role="search">
<input type="search" id="text" placeholder="Search in paths" aria-label="Search in paths" autocomplete="off" spellcheck="false">
<label id="reference-field"><span class="unseen">Reference</span><select id="reference"><option value="-1">All references</option></select></label>
<label><span class="unseen">Kind of finding</span><select id="kind"><option value="-1">All kinds of findings</option></select></label>
<input id="site" list="sites" placeholder="Site" aria-label="Site" autocomplete="off" spellcheck="false"><datalist id="sites"></datalist>
<label id="decided-field"><span class="unseen">Decisions</span><select id="decided"><option value="">Decided or not</option><option value="open">Open</option><option value="done">Decided</option><option value="real">With a real finding</option><option value="false-call">With a false call</option><option value="escape">With an escape</option></select></label>
<button type="button" id="keys" aria-label="Keys">?</button>
</div>
<p class="told"><b id="shown"></b><span class="soft" id="because"></span><button type="button" id="clear">Show all</button></p>
</div>
<div id="table" role="table" aria-label="Photos" tabindex="-1">
<div role="rowgroup"><div role="row" class="heads" aria-rowindex="1">${heads.join('')}</div></div>
<div id="rows" role="rowgroup"></div>
</div>
<p id="nothing" hidden>No photo is like that.</p>
</main>
<aside id="panels" aria-label="What the boards have in common" tabindex="0">
<details id="reasons-panel"><summary><h2>Without a verdict</h2></summary><ul id="reasons"></ul></details>
<details id="odd-panel"><summary><h2>Unlike the others of the batch</h2></summary>
<p class="soft">Many places differ here a little, none enough to be told, and hardly another photo shows them. Chance gives that in one of a hundred batches of good boards; a worse photo gives it too.</p>
<ul id="odd"></ul></details>
<details id="recurring-panel"><summary><h2>Recurring findings</h2></summary>
<table><thead><tr><th scope="col">Site or place</th><th scope="col">Kind</th><th scope="col" class="number">Photos</th><th scope="col" class="number">Score</th></tr></thead><tbody id="recurring"></tbody></table></details>
${boards ? boardsPanel(boards) : ''}
${decisions?.figures ? `<details class="figures"><summary><h2>Decisions</h2></summary>\n${decisions.figures}</details>` : ''}
</aside>
</div>
</div>
<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2>
<dl>${KEYS.map(([keys, words]) => `<dt>${keys}</dt><dd>${words}</dd>`).join('')}</dl>
<form method="dialog"><button>Close</button></form></dialog>
<p id="announcer" role="status" aria-live="polite" class="unseen"></p>
<script type="application/json" id="data">${jsonInHtml(indexData(report, decisions?.photos ?? null))}</script>
<script>${indexScript()}</script>
</body>
</html>
`;
}

function head(sort: string, word: string, number = false): string {
  const button = sort
    ? `<button type="button" data-sort="${sort}">${word}</button>`
    : `<span class="unseen">${word}</span>`;
  return `<div role="columnheader"${number ? ' class="number"' : ''}${sort ? ' aria-sort="none"' : ''}>${button}</div>`;
}
