import { escapeHtml } from '../escape.js';
import { KIND_WORDS, placeWords } from '../words.js';
import type { BatchReport, Row } from './row.js';

/**
 * JUnit XML, one test case a photo: one that differs is a failure, one without a verdict an error – a build must not
 * turn green over a photo that nobody could judge.
 */
export function renderBatchJunit({ photos, counts, notice, references }: BatchReport): string {
  const errors = counts.failed + counts['not-judged'];
  const totals = `tests="${counts.photos}" failures="${counts.differs}" errors="${errors}" time="0"`;
  const against = escapeHtml(references.join(', '));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="boardiff" ${totals}>
<testsuite name="boardiff against ${against}" ${totals} skipped="0">
<properties><property name="notice" value="${escapeHtml(notice)}"/></properties>
${photos.map(testCase).join('\n')}
</testsuite>
</testsuites>
`;
}

function testCase(row: Row): string {
  const head = `<testcase classname="boardiff" name="${escapeHtml(row.path)}" time="0"`;
  if (row.status === 'matches') return `${head}/>`;
  if (row.status === 'differs') {
    const lines = row.findings.map(
      ({ id, kind, score, box, explanation }) =>
        `${id} ${KIND_WORDS[kind]} ${score.toFixed(2)} ${box ? `at ${placeWords(box)}` : 'outside the photo'}: ${explanation}`,
    );
    const message = `${row.findings.length} findings`;
    return `${head}><failure type="differs" message="${message}">${lines.map(escapeHtml).join('\n')}</failure></testcase>`;
  }
  const message = escapeHtml(row.reason ?? 'no reason given');
  return `${head}><error type="${row.status}" message="${message}">${escapeHtml(row.hint ?? '')}</error></testcase>`;
}
