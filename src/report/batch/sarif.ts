import type { Log, Notification, Result } from 'sarif';
import { FINDING_KINDS } from '../../document/index.js';
import { plainJson } from '../plainJson.js';
import { KIND_WORDS, placeWords } from '../words.js';
import { toUri } from './links.js';
import type { BatchReport } from './row.js';

/**
 * SARIF 2.1.0: a rule for each kind of finding, a result for each finding. Its regions are made for text; places in
 * the photo stand in the message and, as pixels, in the properties. Photos without a verdict are notifications.
 */
export function renderBatchSarif({ photos, tool, notice, counts }: BatchReport): string {
  const results: Result[] = [];
  const notifications: Notification[] = [];
  for (const [index, { path, status, findings, reason, hint }] of photos.entries()) {
    const locations = [{ physicalLocation: { artifactLocation: { uri: toUri(path), index } } }];
    for (const { id, kind, score, label, site, box, referenceBox, explanation } of findings) {
      const place = box ? ` (${placeWords(box)})` : '';
      results.push({
        ruleId: kind,
        ruleIndex: FINDING_KINDS.indexOf(kind),
        level: 'warning',
        rank: Math.round(score * 1000) / 10,
        message: { text: `${explanation}${place}` },
        locations,
        properties: { id, score, label, site, box, referenceBox },
      });
    }
    if (status === 'failed' || status === 'not-judged') {
      const text = [reason ?? 'not judged', hint].filter(Boolean).join(' – ');
      notifications.push({ level: status === 'failed' ? 'error' : 'warning', message: { text }, locations });
    }
  }
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            fullDescription: { text: notice },
            rules: FINDING_KINDS.map((kind) => ({ id: kind, shortDescription: { text: KIND_WORDS[kind] } })),
          },
        },
        invocations: [
          { executionSuccessful: counts.failed === 0, toolExecutionNotifications: notifications },
        ],
        artifacts: photos.map(({ path, sha256 }) => ({
          location: { uri: toUri(path) },
          roles: ['analysisTarget'],
          ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
        })),
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${plainJson(log, 2)}\n`;
}
