import { basename } from 'node:path';
import type { Inspection } from '../document/index.js';
import { escapeHtml } from './escape.js';
import { htmlFacts } from './htmlFacts.js';
import { htmlFinding, type ReportPictures } from './htmlFinding.js';
import { htmlHead } from './htmlHead.js';
import { renderPicture } from './picture.js';
import { STYLE } from './style.js';
import { count, KIND_WORDS, nextStep, VERDICT_COLORS, VERDICT_WORDS, verdictSentence } from './words.js';

/** Nothing runs and nothing is loaded: pictures and style are in the page. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/** How the whole photo stands in the report; the crops above it are its magnified views. */
const WHOLE = { maxSide: 2400, quality: 84, insets: false };
/** Findings beyond this many are listed without crops: nobody scrolls past them, and a browser must open the file. */
const MOST_CROPS = 200;

/** Findings whose crops are cut and compressed at the same time. */
const AT_ONCE = 8;

/**
 * A self-contained report: verdict and notice, each finding as reference beside photo, the whole photo, and the
 * facts. It loads nothing and runs nothing.
 */
export async function renderHtml(inspection: Inspection, pictures: ReportPictures): Promise<string> {
  const { verdict, photo, reference, findings, notice, registration } = inspection;
  const file = basename(photo.path) || 'photo';
  const name = escapeHtml(file);
  // Begun first: it is compressed on other threads while the crops are cut on this one.
  const wholePicture = renderPicture(inspection, pictures.photo, WHOLE);
  wholePicture.catch(() => {}); // awaited below; a crop that fails before must not leave it unhandled
  const articles: string[] = [];
  for (let k = 0; k < findings.length; k += AT_ONCE) {
    const group = findings.slice(k, k + AT_ONCE);
    articles.push(
      ...(await Promise.all(
        group.map((finding) => htmlFinding(finding, inspection, k < MOST_CROPS ? pictures : null)),
      )),
    );
  }
  const whole = await wholePicture;
  const marked = findings.filter(({ box }) => box !== null);
  const alt =
    registration.status === 'refused'
      ? 'The photo that could not be compared.'
      : marked.length === 0
        ? 'The photo; nothing is marked.'
        : `The photo with ${count(marked.length, 'marked place')}: ${marked
            .slice(0, 20)
            .map(({ id, kind }) => `${id} ${KIND_WORDS[kind]}`)
            .join(', ')}${marked.length > 20 ? ' and more' : ''}.`;
  return `${htmlHead(`${VERDICT_WORDS[verdict]}: ${file}`, POLICY, STYLE)}
<body>
<main>
<header>
<p class="board">${name} <span>against</span> ${escapeHtml(reference.name)}</p>
<h1><span class="verdict" style="background:${VERDICT_COLORS[verdict]}">${VERDICT_WORDS[verdict]}</span></h1>
<p class="meaning">${escapeHtml(verdictSentence(inspection))}</p>
<p class="next">${escapeHtml(nextStep(inspection))}</p>
<p class="notice">${escapeHtml(notice)}</p>
</header>
${articles.length > 0 ? `<section>\n<h2>Findings, strongest first</h2>\n${articles.join('\n')}\n</section>` : ''}
<section>
<h2>The whole photo</h2>
<img class="whole" src="data:image/jpeg;base64,${whole.toString('base64')}" alt="${escapeHtml(alt)}">
</section>
<section>
<h2>Facts</h2>
${htmlFacts(inspection)}
</section>
</main>
</body>
</html>
`;
}
