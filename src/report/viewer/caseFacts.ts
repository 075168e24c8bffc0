import type { Inspection, NotJudgedReason } from '../../document/index.js';
import { escapeHtml } from '../escape.js';
import { count, REASON_WORDS, settingsWords, smallestPart, wholePercent } from '../words.js';

/** The facts that a case file needs beside the verdict: which photo, which reference, what was seen, by what. */
export function caseFacts(inspection: Inspection): string {
  const { photo, reference, registration, coverage, models, tool } = inspection;
  const reasons = new Map<NotJudgedReason, number>();
  for (const { reason } of coverage.notJudged) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const places = [...reasons].map(([reason, number]) => `${count(number, 'place')} ${REASON_WORDS[reason]}`);
  const rows = [
    ['Photo', `${photo.path}, ${photo.width} × ${photo.height} px`],
    ['Photo SHA-256', photo.sha256],
    ['Reference', `${reference.name}, ${reference.width} × ${reference.height} px`],
    ['Reference SHA-256', reference.sha256],
    [
      'Registration',
      registration.status === 'ok'
        ? `${count(registration.inliers, 'point')}${registration.residualPx === null ? '' : ` within ${registration.residualPx.toFixed(2)} px`}`
        : `refused: ${registration.reason ?? 'no reason given'}`,
    ],
    ['Judged', `${wholePercent(coverage.judgedFraction)} of the board`],
    ['Not judged', places.join(', ') || 'no place of its own'],
    ['Smallest part that would show', smallestPart(inspection) ?? 'not known'],
    ['Settings', settingsWords(inspection) ?? 'not recorded'],
    [
      'Models',
      models
        .map(({ name, version, sha256 }) => `${name} ${version} (SHA-256 ${sha256.slice(0, 12)}…)`)
        .join(', '),
    ],
    ['Program', `${tool.name} ${tool.version}`],
  ];
  const body = rows.map(
    ([key, value]) => `<tr><th scope="row">${key}</th><td>${escapeHtml(value!)}</td></tr>`,
  );
  return `<table><tbody>${body.join('')}</tbody></table>`;
}
