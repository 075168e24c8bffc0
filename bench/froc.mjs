// Figures and tables of bench/plants.mjs, from one record an adapter.
import { boxArea, intersectionArea } from '../dist/geometry/index.js';
import { foundShare, froc, matchFindings, median, pointAt, SIZE_BINS } from '../dist/selftest/froc.js';

/** False calls a photo, clean or edited, at which found shares are read. */
export const FALSE_CALLS = [0.5, 1, 2, 4];

/** Edits of fitted parts, and kinds of places for planted ones, reported apart. */
const KINDS = ['removal', 'shift', 'rotate', 'swap'];
const PLACES = ['bare', 'beside', 'busy'];

/** False calls a photo at which the goals are asked for. */
const ASKED_AT = 2;
/** Kinds of edits, their long side from and below so many pixels, and the share that should be found. */
const GOALS = [
  { name: 'added parts of 16 px and more', kind: 'plant', from: 16, to: Infinity, goal: 0.95 },
  { name: 'below', kind: 'plant', from: 0, to: 16, goal: 0.8 },
  { name: 'removed parts of 20 px and more', kind: 'removal', from: 20, to: Infinity, goal: 0.9 },
  { name: 'swapped ones', kind: 'swap', from: 20, to: Infinity, goal: 0.9 },
];

function shares(list, key, names, threshold) {
  return Object.fromEntries(
    names.map((name) => {
      const scores = list.filter((entry) => entry[key] === name).map(({ score }) => score);
      return [name, foundShare(scores, threshold)];
    }),
  );
}

/**
 * Figures of one adapter.
 * @param runs [{ clean: { refused, findings } | null, edited: { refused, findings, notJudged?, edits } }] one a pair
 */
export function summarise(name, defaultThreshold, runs) {
  const clean = runs.map((run) => run.clean);
  const judged = clean.filter((run) => !run.refused);
  const cleanScores = judged.flatMap((run) => run.findings.map(({ score }) => score));
  const plants = [];
  const changes = [];
  const strays = [];
  const centerErrors = [];
  let decoys = 0;
  let decoysCalled = 0;
  let calledAnyway = 0;
  for (const { clean: unedited, edited } of runs) {
    const truths = edited.edits.filter(({ kind }) => kind !== 'decoy');
    const { hits, strays: stray } = matchFindings({
      truths: truths.map(({ box }) => box),
      findings: edited.findings,
    });
    hits.forEach(({ score, centerErrorPx }, k) => {
      const { kind, longSidePx, place } = truths[k];
      const marked = edited.refused || (edited.notJudged && isMarked(truths[k].box, edited.notJudged));
      (kind === 'plant' ? plants : changes).push({ kind, place, score, longSidePx, marked });
      if (truths[k].kind === 'plant' && centerErrorPx !== null) centerErrors.push(centerErrorPx);
    });
    if (edited.refused) continue;
    strays.push(...stray);
    const names = (findings, box) => {
      const called = findings.filter(({ score }) => score >= defaultThreshold);
      return matchFindings({ truths: [box], findings: called }).hits[0].score !== null;
    };
    for (const { kind, box } of edited.edits) {
      if (kind !== 'decoy') continue;
      decoys++;
      if (names(edited.findings, box)) decoysCalled++;
      if (names(unedited.findings, box)) calledAnyway++;
    }
  }
  const refusedEdited = runs.filter(({ edited }) => edited.refused).length;
  const scores = plants.map(({ score }) => score);
  const judgedEdited = runs.length - refusedEdited;
  const photos = judged.length + judgedEdited;
  const points = photos ? froc(scores, [...cleanScores, ...strays], photos) : [];
  const operating = (falseCalls) => (points.length ? pointAt(points, falseCalls) : { threshold: Infinity });
  const { threshold: askedAt } = operating(ASKED_AT);
  const rate = (list, count) => list.filter((s) => s >= defaultThreshold).length / Math.max(1, count);
  const at = (threshold) => ({
    found: foundShare(scores, threshold),
    bySize: SIZE_BINS.map(({ from, to }) => {
      const inBin = plants.filter(({ longSidePx }) => longSidePx >= from && longSidePx < to);
      return foundShare(
        inBin.map(({ score }) => score),
        threshold,
      );
    }),
    byPlace: shares(plants, 'place', PLACES, threshold),
    byKind: shares(changes, 'kind', KINDS, threshold),
  });
  return {
    name,
    pairs: runs.length,
    refusedClean: clean.length - judged.length,
    refusedEdited,
    plants: plants.length,
    plantsBySize: SIZE_BINS.map(
      ({ from, to }) => plants.filter((p) => p.longSidePx >= from && p.longSidePx < to).length,
    ),
    changes: Object.fromEntries(KINDS.map((kind) => [kind, changes.filter((c) => c.kind === kind).length])),
    atDefault: {
      threshold: defaultThreshold,
      falseCallsPerPhoto: rate([...cleanScores, ...strays], photos),
      falseCallsPerCleanPhoto: rate(cleanScores, judged.length),
      // Findings in the edited photos that fall on none of the edits (a call on a decoy is one).
      straysPerEditedPhoto: rate(strays, judgedEdited),
      cleanPhotosCalled:
        judged.filter((run) => run.findings.some(({ score }) => score >= defaultThreshold)).length /
        Math.max(1, judged.length),
      decoysCalled: decoys ? decoysCalled / decoys : null,
      // The same places on the clean photo: what is called there without any editing.
      decoyPlacesCalled: decoys ? calledAnyway / decoys : null,
      ...at(defaultThreshold),
    },
    goals: GOALS.map(({ kind, from, to, ...goal }) => {
      const asked = [...plants, ...changes].filter(
        (one) => one.kind === kind && one.longSidePx >= from && one.longSidePx < to,
      );
      return {
        ...goal,
        of: asked.length,
        found: foundShare(
          asked.map(({ score }) => score),
          askedAt,
        ),
      };
    }),
    atFalseCalls: FALSE_CALLS.map((falseCalls) => {
      const { threshold, falseCallsPerPhoto } = operating(falseCalls);
      return { falseCalls, falseCallsPerPhoto, threshold, ...at(threshold) };
    }),
    medianCenterErrorPx: median(centerErrors),
    byMark: runs.some(({ edited }) => edited.notJudged) ? byMark(plants, defaultThreshold) : null,
    froc: points,
  };
}

/** Whether half of a box lies under a mark. */
function isMarked(box, marks) {
  return marks.some((mark) => intersectionArea(box, mark) >= 0.5 * boxArea(box));
}

/** Planted parts, found at the default or not, under a mark and elsewhere. What is neither escapes unnoticed. */
function byMark(plants, threshold) {
  const count = (wanted) => {
    const own = plants.filter(({ marked }) => marked === wanted);
    return { of: own.length, found: own.filter(({ score }) => score >= threshold).length };
  };
  const unmarked = count(false);
  return { marked: count(true), unmarked, unnoticed: unmarked.of - unmarked.found };
}

const percent = (share) =>
  (share === null || share === undefined ? '-' : `${Math.round(100 * share)} %`).padStart(6);

function markLine({ marked, unmarked, unnoticed }) {
  return (
    `  at the default: of planted parts in places marked as not judged ${marked.found} of ${marked.of} found, elsewhere ` +
    `${unmarked.found} of ${unmarked.of}; neither found nor marked: ${unnoticed}`
  );
}

/** The table on stdout. Refused photos count as not found and bring no false calls. */
export function table(summaries) {
  const lines = [];
  for (const s of summaries) {
    lines.push(
      '',
      `${s.name}: ${s.pairs} pairs, refused ${s.refusedClean} clean and ${s.refusedEdited} edited; ${s.plants} plants ` +
        `(${SIZE_BINS.map(({ name }, k) => `${s.plantsBySize[k]} ${name}`).join(', ')}), ${Object.entries(
          s.changes,
        )
          .map(([kind, n]) => `${n} ${kind}s`)
          .join(', ')}; ` +
        `median centre error ${s.medianCenterErrorPx?.toFixed(1) ?? '-'} px`,
      `  ${'false calls a photo'.padEnd(22)} ${'found'.padStart(6)} ${SIZE_BINS.map(({ name }) => name.padStart(9)).join(' ')} ${[...PLACES, ...KINDS].map((name) => name.padStart(8)).join(' ')}`,
    );
    const row = (label, at) =>
      `  ${label.padEnd(22)} ${percent(at.found)} ${at.bySize.map((v) => percent(v).padStart(9)).join(' ')} ${[...PLACES.map((p) => at.byPlace[p]), ...KINDS.map((k) => at.byKind[k])].map((v) => percent(v).padStart(8)).join(' ')}`;
    for (const at of s.atFalseCalls) lines.push(row(String(at.falseCalls), at));
    const d = s.atDefault;
    lines.push(
      row(`default (${d.falseCallsPerPhoto.toFixed(2)})`, d),
      `  at the default: ${percent(d.cleanPhotosCalled).trim()} of clean photos called, ${d.falseCallsPerCleanPhoto.toFixed(2)} false calls a clean photo, ${d.straysPerEditedPhoto.toFixed(2)} strays an edited photo, ${percent(d.decoysCalled).trim()} of decoys called ` +
        `(${percent(d.decoyPlacesCalled).trim()} of the same places without one)`,
      ...(s.byMark ? [markLine(s.byMark)] : []),
      `  at ${ASKED_AT} false calls: ${s.goals.map(({ name, found, of, goal }) => `${name} ${percent(found).trim()} of ${of} (goal ${percent(goal).trim()})`).join(', ')}`,
    );
  }
  return lines.join('\n');
}
