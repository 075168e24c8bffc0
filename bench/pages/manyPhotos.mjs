// A batch of photos that nobody took, for measuring pages: the same seed gives the same batch.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { FINDING_KINDS, inspectionSchema, NOTICE } from '../../dist/document/index.js';
import { toBatchReport, toRow } from '../../dist/report/batch/index.js';

const SAMPLES = ['implant', 'clean', 'missing-wrong', 'blurred'];
const REASONS = [
  'only 9 points of the photo agree with the reference, at least 20 are needed',
  'the photo is too blurred: its finest detail is 12 px',
];

/** @param {number} count of photos @param {number} seed @returns {import('../../dist/report/batch/row.js').BatchReport} */
export function manyPhotos(count, seed = 7) {
  let state = seed;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const rows = Array.from({ length: count }, (_, k) => {
    const dice = random();
    const path = `incoming/lot-${1 + Math.floor((12 * k) / count)}/${dice < 0.1 ? 'retake ' : ''}board ${String(k + 1).padStart(5, '0')}.jpg`;
    const folder = `photos/${String(k).padStart(16, '0')}-board`;
    const sha256 = String(k).padStart(64, '0');
    if (dice < 0.01) {
      const reason = `${path}: expected a whole photo, got a truncated one`;
      return toRow({ path, sha256, status: 'failed', reason, hint: 'Copy it again.', folder: null }, null);
    }
    const number = dice < 0.3 ? 1 + Math.floor(5 * random() ** 3) : 0;
    const findings = Array.from({ length: number }, () => finding(random))
      .sort((a, b) => b.score - a.score)
      .map((one, n) => ({ id: `F${n + 1}`, ...one }));
    const refused = dice > 0.96;
    const inspection = document(
      path,
      sha256,
      findings,
      refused ? REASONS[dice > 0.98 ? 1 : 0] : null,
      random(),
    );
    if (k % 5 === 0) inspection.reference.name = 'larkspur-m1 rev B top';
    const at = new Date(Date.UTC(2026, 9, 5 + Math.floor((6 * k) / count), 8)).toISOString();
    return toRow(
      { path, sha256, status: inspection.verdict, reason: null, hint: null, folder, at },
      inspection,
    );
  });
  return toBatchReport(rows, ['larkspur-m1 top', 'larkspur-m1 rev B top']);
}

function finding(random) {
  const place = Math.floor(300 * random() ** 2);
  const site = random() < 0.7 ? `${'RCUL'[place % 4]}${1 + place}` : null;
  const box = { x: 40 + 37 * (place % 40), y: 30 + 90 * (place % 11), width: 30, height: 22 };
  return {
    kind: FINDING_KINDS[Math.floor(FINDING_KINDS.length * random())],
    score: Math.round(1000 * (0.5 + 0.5 * random())) / 1000,
    label: site ? { R: 'resistor', C: 'capacitor', U: 'ic', L: 'inductor' }[site[0]] : null,
    site,
    box,
    referenceBox: box,
    explanation: 'It differs.',
    photo: 0,
  };
}

function document(path, sha256, findings, reason, share) {
  const size = { width: 1600, height: 1200 };
  const photo = { path, sha256, ...size, quality: { sharpness: 0.6, clippedFraction: 0, darkFraction: 0 } };
  const registration = {
    status: reason ? 'refused' : 'ok',
    reason,
    inliers: 9,
    residualPx: null,
    homography: null,
  };
  const judgedFraction = reason ? 0 : 0.9 + 0.1 * share;
  return inspectionSchema.parse({
    schemaVersion: 1,
    tool: { name: 'boardiff', version: '0.1.0' },
    notice: NOTICE,
    photo,
    photos: [{ ...photo, registration, judgedFraction }],
    reference: {
      name: 'larkspur-m1 top',
      sha256: 'ab'.repeat(32),
      ...size,
      mmPerPixel: null,
      variant: null,
      goodBoards: 1,
      lacks: [],
    },
    models: [],
    registration,
    verdict: findings.length > 0 ? 'differs' : reason ? 'not-judged' : 'matches',
    findings,
    rules: [],
    sites: [],
    coverage: {
      ...{ judgedFraction, judgedSites: judgedFraction, missing: [], sharedDetail: null },
      ...{ smallestVisiblePartPx: null, smallestVisiblePartMm: null, smallestVisibleMap: null },
      notJudged: [],
    },
    timings: {},
  });
}

/** Puts a thumbnail into each result's folder, as a scan does. */
export async function writeThumbnails(output, { photos }) {
  const made = await Promise.all(
    SAMPLES.map(async (name) => {
      const file = join(output, `.${name}.jpg`);
      await sharp(`samples/incoming/${name}.jpg`)
        .resize(320, 320, { fit: 'inside' })
        .jpeg({ quality: 80 })
        .toFile(file);
      return file;
    }),
  );
  for (const [k, { folder }] of photos.entries()) {
    if (folder === null) continue;
    mkdirSync(join(output, folder), { recursive: true });
    copyFileSync(made[k % made.length], join(output, folder, 'thumbnail.jpg'));
  }
}
