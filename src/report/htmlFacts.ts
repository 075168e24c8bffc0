import { type Inspection, isBatchItself } from '../document/index.js';
import { escapeHtml } from './escape.js';
import {
  count,
  placeWords,
  REASON_WORDS,
  RULE_WORDS,
  settingsWords,
  smallestPart,
  VERDICT_WORDS,
  wholePercent,
} from './words.js';

/** Places that were not judged, beyond which only their number is given. */
const MOST_PLACES = 50;

/** What stands folded at the end of a report: what could be seen, all sites, how it was compared. */
export function htmlFacts(inspection: Inspection): string {
  return [
    details('What could be seen', rows(seen(inspection)), true),
    inspection.sites.length > 0
      ? details(`All ${count(inspection.sites.length, 'site')}`, sites(inspection))
      : '',
    details('How it was compared', rows(how(inspection))),
    details('Files and models', rows(files(inspection))),
  ].join('\n');
}

function seen(inspection: Inspection): [string, string][] {
  const { coverage, photo } = inspection;
  const places = coverage.notJudged
    .slice(0, MOST_PLACES)
    .map(({ reason, box, advice }): [string, string] => [
      `Not judged: ${REASON_WORDS[reason]}`,
      `${advice} ${placeWords(box)}`,
    ]);
  const more = coverage.notJudged.length - places.length;
  return [
    [
      'Judged',
      `${wholePercent(coverage.judgedFraction)} of the board, ${wholePercent(coverage.judgedSites)} of the sites`,
    ],
    ...coverage.missing.map((what): [string, string] => ['For a match', what]),
    ['Smallest part that would show', smallestPart(inspection) ?? 'not known'],
    ...places,
    ...(more > 0 ? [['Not judged', `${count(more, 'place')} more`] as [string, string]] : []),
    [
      'Fine detail shared with the reference',
      coverage.sharedDetail === null ? 'not known' : `${coverage.sharedDetail.toFixed(2)} of 1`,
    ],
    ['Sharpness', photo.quality.sharpness.toFixed(2)],
    ['Burnt out', percent(photo.quality.clippedFraction)],
    ['Black', percent(photo.quality.darkFraction)],
  ];
}

function how(inspection: Inspection): [string, string][] {
  const { registration, reference, rules, timings, tool } = inspection;
  const settings = settingsWords(inspection);
  const { status, reason, inliers, residualPx, homography } = registration;
  return [
    ['Registration', status === 'ok' ? 'trusted' : `refused: ${reason ?? 'no reason given'}`],
    ['Points that agree', String(inliers)],
    ['Residual', residualPx === null ? 'none' : `${residualPx.toFixed(2)} px`],
    ['Photo to reference', homography ? homography.map((n) => Number(n.toPrecision(6))).join('  ') : 'none'],
    ...(reference.chosen ? [['Reference chosen', chosenWords(reference.chosen)] as [string, string]] : []),
    [
      isBatchItself(reference) ? 'Boards of the batch compared with' : 'Good boards compared with',
      String(reference.goodBoards),
    ],
    ...(reference.variant === null ? [] : [['Variant', reference.variant] as [string, string]]),
    ...rules.map(({ id, rule, note }): [string, string] => [
      `Rule: ${RULE_WORDS[rule]}`,
      note ? `${id}: ${note}` : id,
    ]),
    ...(reference.lacks.length > 0
      ? [["Not given by the sites' source", reference.lacks.join(', ')] as [string, string]]
      : []),
    ...(settings === null ? [] : [['Settings', settings] as [string, string]]),
    ['Program', `${tool.name} ${tool.version}`],
    ...Object.entries(timings).map(([stage, ms]): [string, string] => [
      `Time: ${stage}`,
      `${Math.round(ms)} ms`,
    ]),
  ];
}

function chosenWords({ by, candidates, margin }: NonNullable<Inspection['reference']['chosen']>): string {
  if (by === 'batch') return 'no golden board: learnt from the batch itself';
  if (by !== 'features') return by === 'rule' ? 'by a rule for this path' : 'by name, for all photos';
  const scores = candidates.map(({ name, score }) => `${name} (${score ?? 0} features in their places)`);
  return `by what the photo looks like: ${scores.join(', then ')}; ahead by ${percent(margin ?? 0)}`;
}

function files({ photo, reference, models }: Inspection): [string, string][] {
  return [
    ['Photo', `${photo.path}, ${photo.width} × ${photo.height} px`],
    ['Photo SHA-256', photo.sha256],
    ['Reference', `${reference.name}, ${reference.width} × ${reference.height} px`],
    ['Reference SHA-256', reference.sha256],
    [
      'Reference scale',
      reference.mmPerPixel === null ? 'not known' : `${reference.mmPerPixel.toPrecision(3)} mm a pixel`,
    ],
    ...models.flatMap(({ task, name, version, sha256 }): [string, string][] => [
      [`Model to ${task}`, `${name} ${version}`],
      ['Model SHA-256', sha256],
    ]),
  ];
}

function sites({ sites }: Inspection): string {
  const body = sites.map(
    ({ id, label, expected, verdict, reason }) =>
      `<tr><th scope="row">${escapeHtml(id)}</th><td>${escapeHtml(label ?? '')}</td><td>${escapeHtml(expected)}</td>` +
      `<td>${VERDICT_WORDS[verdict].toLowerCase()}</td><td>${escapeHtml(reason ?? '')}</td></tr>`,
  );
  const head = ['Site', 'Part', 'Expected', 'Verdict', 'Reason'].map(
    (name) => `<th scope="col">${name}</th>`,
  );
  return `<table class="sites"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function details(title: string, content: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${title}</summary>\n${content}\n</details>`;
}

function rows(pairs: [string, string][]): string {
  const body = pairs.map(
    ([key, value]) => `<tr><th scope="row">${escapeHtml(key)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table><tbody>${body.join('\n')}</tbody></table>`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
