import type { BatchReport } from './row.js';

const COLUMNS = [
  'path',
  'sha256',
  'status',
  'findings',
  'strongest_kind',
  'strongest_score',
  'strongest_site',
  'judged_percent',
  'reason',
  'report',
  'board',
  'board_verdict',
];

/** One row a photo, after RFC 4180, for spreadsheets. */
export function renderBatchCsv({ photos, boards }: BatchReport): string {
  const boardOf = new Map((boards ?? []).flatMap((board) => board.photos.map(({ path }) => [path, board])));
  const rows = photos.map(({ path, sha256, status, findings, judgedFraction, reason, folder }) => [
    // A spreadsheet takes such a name for a formula; as a path it is the same.
    /^[=+\-@\t\r]/.test(path) ? `./${path}` : path,
    sha256 ?? '',
    status,
    String(findings.length),
    findings[0]?.kind ?? '',
    findings[0]?.score.toFixed(3) ?? '',
    harmless(findings[0]?.site ?? ''),
    judgedFraction === null ? '' : (100 * judgedFraction).toFixed(1),
    harmless(reason ?? ''),
    folder === null ? '' : `${folder}/report.html`,
    harmless(boardOf.get(path)?.board ?? ''),
    boardOf.get(path)?.verdict ?? '',
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(quotedCell).join(',')}\r\n`).join('');
}

/** Text that a spreadsheet would run is marked as text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A cell, in quotation marks where it needs them. */
export function quotedCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
