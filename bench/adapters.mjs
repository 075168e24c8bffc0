// One adapter a detector that bench/plants.mjs compares: { name, defaultThreshold, prepare(golden, board, others), run(photo) }.
//   others          further photos of good boards, for those that learn from several
//   golden, photo   RGB rasters { data, width, height, channels: 3 }
//   board           { mask: one byte a pixel of the golden photo, polygon } – the hand-made truth; the product does
//                   not look at it, the baselines do, which favours them
//   run             → { refused, findings: [{ box in photo pixels, score, kind }], notJudged? }, weak findings included;
//                   notJudged: boxes in photo pixels that it says it could not judge, by those that say so
import { readFileSync } from 'node:fs';
import { invert, mapBox } from '../dist/geometry/index.js';
import { inspectPixels, learnFromOthers, learnPixels, loadModels } from '../dist/index.js';
import { prepareReference, registerPhoto, warp } from '../dist/register/index.js';
import { changechip } from './baselines/changechip.mjs';
import { difference } from './baselines/difference.mjs';

const contract = JSON.parse(readFileSync(new URL('../models/change.json', import.meta.url), 'utf8'));

/** The product, asked for weak findings too, so that its curve goes on beyond its default. */
export function product(name = 'boardiff', several = false) {
  let models;
  let reference;
  return {
    name,
    defaultThreshold: 1 / (1 + contract.decision.falseCalls),
    async prepare(golden, _, others) {
      models ??= await loadModels();
      reference = await learnPixels(golden, models.detector);
      if (!several) return;
      const learning = learnFromOthers(reference, models);
      const witnesses = [];
      for (const [k, photo] of others.entries()) {
        const learnt = await learning.add(photo, String(k));
        if (learnt.picture) witnesses.push({ load: async () => learnt.picture });
        else console.error(`good board ${k + 2} left out: ${learnt.reason}`);
      }
      reference = { ...reference, ...learning.result(), witnesses };
    },
    async run(photo) {
      const { registration, findings, coverage } = await inspectPixels(photo, reference, models, {
        falseCalls: 30,
      });
      return {
        refused: registration.status === 'refused',
        findings: findings.filter(({ box }) => box).map(({ box, score, kind }) => ({ box, score, kind })),
        notJudged: coverage.notJudged.map(({ box }) => box),
      };
    },
  };
}

// The baselines are given the same photos one after another: register each only once.
const laid = new WeakMap();
const references = new WeakMap();

async function layOnto(photo, golden, board) {
  if (!references.has(golden)) references.set(golden, await prepareReference(golden, board.polygon));
  const reference = references.get(golden);
  if (laid.get(photo)?.golden !== golden) {
    const { status, homography } = await registerPhoto(photo, reference);
    if (status !== 'ok') {
      laid.set(photo, { golden, homography: null });
    } else {
      const { width, height } = golden;
      const white = { ...photo, channels: 1, data: new Uint8Array(photo.width * photo.height).fill(255) };
      const seen = await warp(white, homography, width, height);
      const mask = board.mask.map((value, k) => (value && seen.data[k] > 250 ? 1 : 0));
      laid.set(photo, { golden, homography, mask, picture: await warp(photo, homography, width, height) });
    }
  }
  return laid.get(photo);
}

/** A baseline `(photo, reference, mask) → [{ box, score }]` behind the product's own registration. */
export function baseline(name, method, defaultThreshold) {
  let golden;
  let board;
  return {
    name,
    defaultThreshold,
    async prepare(picture, truth) {
      golden = picture;
      board = truth;
    },
    async run(photo) {
      const { homography, picture, mask } = await layOnto(photo, golden, board);
      if (!homography) return { refused: true, findings: [] };
      const back = invert(homography);
      const findings = method(picture, golden, mask);
      return {
        refused: false,
        findings: findings.map(({ box, score }) => ({
          box: mapBox(back, box),
          score,
          kind: 'unexplained-change',
        })),
      };
    },
  };
}

export const ADAPTERS = {
  product: () => product(),
  several: () => product('boardiff, several good boards', true),
  difference: () => baseline('difference', difference, 0),
  changechip: () => baseline('changechip', changechip, 0),
};
