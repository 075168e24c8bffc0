import { basename } from 'node:path';
import { FINDING_KINDS, type Inspection, isBatchItself } from '../../document/index.js';
import { escapeHtml } from '../escape.js';
import { htmlFacts } from '../htmlFacts.js';
import { htmlHead } from '../htmlHead.js';
import { jsonInHtml, scriptHash } from '../inlineScript.js';
import type { ReportPictures } from '../reportPictures.js';
import {
  count,
  KIND_COLORS,
  KIND_WORDS,
  nextStep,
  REASON_WORDS,
  VERDICT_COLORS,
  VERDICT_WORDS,
  verdictSentence,
} from '../words.js';
import { article } from './articles.js';
import type { Unjudged } from './browser/types.js';
import { caseFacts } from './caseFacts.js';
import { footer, withSize } from './footer.js';
import { helpDialog } from './helpKeys.js';
import { kindSign } from './kindMarks.js';
import { type Gathered, gather, REFUSED_ID } from './pageData.js';
import { VIEWER_STYLE } from './pageStyle.js';
import { printPicture } from './printPicture.js';
import { viewerScript } from './script.js';
import { stage } from './stage.js';

/**
 * A page that stands alone: photo and golden photo in one frame to be looked at, findings to be stepped through, what
 * could not be judged, and the facts. It opens from disk and loads nothing; printed it is a page for a case file.
 */
export async function renderHtml(inspection: Inspection, pictures: ReportPictures): Promise<string> {
  const gathered = await gather(inspection, pictures);
  const { data, images } = gathered;
  const file = basename(inspection.photo.path) || 'photo';
  // What the page may do: its own script and style, pictures inside it, and talk to a server that serves it.
  const policy =
    `default-src 'none'; script-src ${scriptHash(viewerScript())}; style-src 'unsafe-inline'; img-src data:; ` +
    `connect-src 'self'; base-uri 'none'; form-action 'none'`;
  const held = images.map(
    ({ id, place, uri }) =>
      `<image id="${id}" x="${place.x}" y="${place.y}" width="${place.width}" height="${place.height}" preserveAspectRatio="none" href="${uri}"/>`,
  );
  return withSize(`${htmlHead(`${VERDICT_WORDS[inspection.verdict]}: ${file}`, policy, VIEWER_STYLE)}
<body>
<div class="app">
${header(inspection, file, data.notJudged)}
<main>
${stage(data, file)}
${aside(inspection, gathered, pictures)}
</main>
</div>
<noscript><style>.app { height: auto !important; } main { display: none !important; } .case { display: block !important; }</style></noscript>
<section class="case" aria-label="Case file">
${caseFacts(inspection)}
<h2>${data.frame.of === 'reference' ? 'The photo, laid onto the reference' : 'The photo'}</h2>
${printPicture(data)}
${data.findings.length > 0 ? `<h2>Findings, strongest first</h2>\n${data.findings.map((finding) => article(finding, KIND_COLORS[finding.kind])).join('\n')}` : ''}
</section>
<section class="facts" id="facts" aria-label="Facts">
<h2>Facts</h2>
${htmlFacts(inspection)}
${footer(gathered)}
</section>
${helpDialog()}
<p id="announcer" role="status" aria-live="polite" class="unseen"></p>
<svg class="held" width="0" height="0" aria-hidden="true"><defs>
${held.join('\n')}
</defs></svg>
<script type="application/json" id="data">${jsonInHtml(data)}</script>
<script>${viewerScript()}</script>
</body>
</html>
`);
}

/** What is always in sight: verdict, meaning, what to do, the notice, and what could not be judged. */
function header(inspection: Inspection, file: string, notJudged: readonly Unjudged[]): string {
  const { verdict, reference, notice } = inspection;
  const refused = inspection.registration.status === 'refused'; // the card beside the photo says what to do
  const counts = new Map<Unjudged['reason'], number>();
  for (const { reason } of notJudged) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, number]) =>
    number > 1 ? `${REASON_WORDS[reason]} ${number}×` : REASON_WORDS[reason],
  );
  const blind =
    reasons.length > 0
      ? `<a href="#unjudged" class="blind"><span class="hatch" aria-hidden="true"></span>Not judged: ${reasons.join(', ')}</a>`
      : '';
  return `<header>
<h1><span class="verdict ${verdict}" style="background:${VERDICT_COLORS[verdict]}">${VERDICT_WORDS[verdict]}</span></h1>
<div class="says">
<p class="board"><span><b>${escapeHtml(file)}</b> against ${escapeHtml(reference.name)}</span>${blind}</p>
<p class="meaning">${escapeHtml(verdictSentence(inspection))}${refused ? '' : ` ${escapeHtml(nextStep(inspection))}`}</p>
<p class="notice">${escapeHtml(notice)}</p>
</div>
<nav id="results" aria-label="Page"><a href="#facts">Facts</a><button type="button" id="help-button" aria-haspopup="dialog">Keys <kbd>?</kbd></button></nav>
</header>`;
}

function aside(inspection: Inspection, { data }: Gathered, { golden }: ReportPictures): string {
  const { findings, notJudged } = data;
  return `<aside aria-label="Findings"${findings.length > 0 ? '' : ' class="plain" tabindex="0"'}>
<section id="details" aria-label="Chosen finding">${
    findings.length > 0 ? kindLegend(findings) : nothingChosen(inspection, golden)
  }</section>
<section class="findings" aria-label="List of findings"${findings.length > 0 ? '' : ' hidden'}>
<h2>${count(findings.length, 'finding')} <span class="soft">strongest first; reference, photo</span></h2>
<ul id="list" role="listbox" tabindex="0" aria-label="Findings"></ul>
</section>
<section class="unjudged" id="unjudged" aria-label="Not judged">
<h2><span class="hatch" aria-hidden="true"></span>Not judged <span class="soft">${notJudged.length > 0 ? `${count(notJudged.length, 'place')} of the photo` : ''}</span></h2>
${unjudgedList(inspection, notJudged)}
</section>
</aside>`;
}

/** What is found, by kind, with the signs that stand at the boxes. */
function kindLegend(findings: Gathered['data']['findings']): string {
  const rows = FINDING_KINDS.flatMap((kind) => {
    const number = findings.filter((finding) => finding.kind === kind).length;
    return number > 0 ? [`<li>${kindSign(kind)}${count(number, KIND_WORDS[kind])}</li>`] : [];
  });
  return `<ul class="kinds">${rows.join('')}</ul>
<p class="soft">Step through the findings with <kbd>↓</kbd> <kbd>↑</kbd>, or choose one from the list or in a picture.</p>`;
}

function nothingChosen(inspection: Inspection, golden: ReportPictures['golden']): string {
  if (inspection.registration.status !== 'refused') return '<p>No findings.</p>';
  const shown = isBatchItself(inspection.reference) ? 'Another board of the batch' : 'The golden photo';
  return `<h2>Why it was not compared</h2>
<p>${escapeHtml(sentence(inspection.registration.reason ?? 'It could not be lined up with the reference'))}</p>
<h2>What to do</h2>
<p>${escapeHtml(nextStep(inspection))}</p>
${golden ? `<figure><svg class="beside" viewBox="0 0 ${golden.width} ${golden.height}" role="img" aria-label="${shown}"><use href="#${REFUSED_ID}"/></svg><figcaption>${shown}: is this the same side of the same board?</figcaption></figure>` : ''}`;
}

/** A reason as a sentence. */
function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.\s*$/, '')}.`;
}

function unjudgedList({ registration, coverage }: Inspection, places: readonly Unjudged[]): string {
  if (registration.status === 'refused') return '<p>Nothing of this photo was judged.</p>';
  if (places.length === 0) {
    return coverage.judgedFraction < 1
      ? '<p>No place large enough to be listed.</p>'
      : '<p>All of the board was judged.</p>';
  }
  const rows = places.map(
    ({ reason, words }, k) =>
      `<li><button type="button" data-unjudged="${k}">${REASON_WORDS[reason]} <span class="soft">${escapeHtml(words)}</span></button></li>`,
  );
  return `<ul tabindex="0" role="list" aria-label="Places not judged">${rows.join('')}</ul>`;
}
