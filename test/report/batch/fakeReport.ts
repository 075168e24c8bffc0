import { FINDING_KINDS, type Inspection } from '../../../src/document/index.js';
import { type BatchReport, type Row, toBatchReport, toRow } from '../../../src/report/batch/index.js';
import { fakeFinding, fakeInspection, fakeRefusal } from '../fakeInspection.js';

/** File names that break what is careless. */
export const NASTY = [
  `in/<script>alert(1)</script> "it's" & more.jpg`,
  '-rf.jpg',
  '=1+1.jpg',
  'line\nbreak|pipe`tick`.jpg',
  'c:odd [x](y) *b*.jpg',
  'пример 板 \u202egpj.exe.jpg',
  '\ud800lone.png',
];

function row(
  path: string,
  status: Row['status'],
  inspection: Inspection | null,
  reason: string | null = null,
): Row {
  const folder = inspection ? `photos/0123456789abcdef-${path.replace(/[^\p{L}\p{N}]/gu, '_')}` : null;
  return toRow(
    { path, sha256: 'ab'.repeat(32), status, reason, hint: reason && 'Copy it again.', folder },
    inspection,
  );
}

/** A list with all there is: each status, each kind of finding, nasty names. */
export function fakeReport(): BatchReport {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  const findings = FINDING_KINDS.map((kind, k) =>
    fakeFinding(`F${k + 1}`, kind === 'missing-part' ? null : box, {
      kind,
      score: 0.9 - k / 10,
      site: k === 0 ? '=R1 <i>' : null,
      explanation: 'More & "different" <b>than</b> it was.',
    }),
  );
  const rows = [
    row('in/good.jpg', 'matches', fakeInspection([])),
    row('in/weak.jpg', 'differs', fakeInspection([fakeFinding('F1', box, { score: 0.4 })])),
    row('in/bad.jpg', 'differs', fakeInspection(findings)),
    row('in/refused-1.jpg', 'not-judged', fakeRefusal()),
    row('in/refused-2.jpg', 'not-judged', fakeRefusal()),
    row('in/broken.jpg', 'failed', null, 'in/broken.jpg: expected a whole photo, got a truncated one'),
    row('in/deleted.jpg', 'differs', null),
    ...NASTY.map((path) => row(path, 'matches', fakeInspection([]))),
    ...NASTY.map((path) => row(`2/${path}`, 'failed', null, `2/${path}: expected a photo <b>`)),
    ...NASTY.map((path) =>
      row(`3/${path}`, 'differs', fakeInspection([fakeFinding('F1', box, { score: 0.5 })])),
    ),
  ];
  return toBatchReport(rows, ['board <b>&"\'']);
}
