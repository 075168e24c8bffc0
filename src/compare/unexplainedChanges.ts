import { type Box, growBox } from '../geometry/index.js';
import { findBlobs } from './blobs.js';
import { type BoardFinding, type ComparisonInput, overlapOfSmaller, scoreOf } from './compareBoard.js';
import { explain } from './explain.js';
import { isMovedPatch, MOVED } from './movedPatch.js';
import { shareIn } from './parallaxZone.js';
import { THRESHOLDS } from './thresholds.js';

/** Smallest side of a change in surface-frame pixels: what is smaller is noise or dust. */
const SMALLEST = 5;
/** More changes than this mean that something is wrong with the photo as a whole; the strongest are told. */
const MOST = 40;
/** A change that lies in a parallax zone by more than this share is what another viewpoint shows of a tall part. */
const IN_ZONE = 0.3;

/** Places where the surface differs strongly and solidly, and that no other finding covers. */
export function unexplainedChanges(input: ComparisonInput, known: readonly BoardFinding[]): BoardFinding[] {
  const { evidence, level, scale } = input.map;
  const strongest = new Float32Array(evidence.added.length);
  for (let k = 0; k < strongest.length; k++) {
    if (input.judged[k] !== 0) strongest[k] = Math.max(evidence.added[k]!, evidence.removed[k]!) / level;
  }
  const high = THRESHOLDS.changeEvidence;
  const findings: BoardFinding[] = [];
  for (const blob of findBlobs(strongest, evidence.width, evidence.height, high / 2, high)) {
    const { width, height } = blob.box;
    if (Math.min(width, height) < SMALLEST) continue;
    if (blob.area < THRESHOLDS.changeSolidity * width * height) continue;
    if (Math.max(width, height) > 6 * Math.min(width, height)) continue;
    if (shareIn(input.map.parallax, blob.box, evidence.width, evidence.height) > IN_ZONE) continue;
    const direction = strongerDirection(input, blob.box);
    if (isMovedPatch(evidence, blob.box, Math.round(MOVED * Math.max(evidence.width, evidence.height)), direction)) continue;
    const box = toReference(blob.box, scale);
    if (known.some((other) => overlapOfSmaller(growBox(other.box, input.tolerancePx), box) > 0.3)) continue;
    findings.push({
      kind: 'unexplained-change',
      score: scoreOf(blob.mean, high / 2, 0.6),
      label: null,
      site: siteAround(input, box),
      box,
      explanation: explain('unexplained-change', { label: null, site: null }),
    });
  }
  return findings.sort((a, b) => b.score - a.score).slice(0, MOST);
}

function toReference(box: Box, scale: number): Box {
  return { x: box.x / scale, y: box.y / scale, width: box.width / scale, height: box.height / scale };
}

/** The site that a change lies in, if it lies in one. */
function siteAround({ sites }: ComparisonInput, box: Box): string | null {
  const around = sites.find((site) => overlapOfSmaller(site.box, box) > 0.7 && site.box.width >= box.width);
  return around?.id ?? null;
}

/** Whether a place shows something new or has lost something, by the stronger evidence. */
function strongerDirection({ map: { evidence } }: ComparisonInput, box: Box): 'added' | 'removed' {
  let added = 0;
  let removed = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let k = y * evidence.width + box.x; k < y * evidence.width + box.x + box.width; k++) {
      added += evidence.added[k]!;
      removed += evidence.removed[k]!;
    }
  }
  return added >= removed ? 'added' : 'removed';
}
