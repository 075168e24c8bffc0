import { type Box, boxCenter, growBox, intersectBoxes } from '../geometry/index.js';
import { type Blob, findBlobs } from './blobs.js';
import { type BoardFinding, type ComparisonInput, overlapOfSmaller, scoreOf } from './compareBoard.js';
import { explain } from './explain.js';
import { type Displacement, findDisplacement, isMoved } from './movedPatch.js';
import { shareIn } from './parallaxZone.js';
import { THRESHOLDS } from './thresholds.js';

/** Smallest side of a change in surface-frame pixels: what is smaller is noise or dust. */
const SMALLEST = 5;
/** Longest side as a multiple of the shortest: edges are longer, parts are not. */
const LONGEST = 3;
/** More changes than this mean that something is wrong with the photo as a whole; the strongest are told. */
const MOST = 40;
/** A change that lies in a parallax zone by more than this share is what another viewpoint shows of a tall part. */
const IN_ZONE = 0.3;
/** No detector vouches for a change: it ranks below a part as strong. */
const RANK = 0.6;
/** Changes this near to each other, in surface-frame pixels, may belong to one tall part. */
const NEAR = 120;
/** Displacements that differ by less than this are the same one. */
const SAME_WAY = 3.5;
/** Fewest changes that must move the same way before they count as one tall part, a pin header for example. */
const FLOCK = 3;

/** A change with what is known of where it came from. */
interface Candidate {
  blob: Blob;
  displacement: Displacement | null;
}

/** Places where the surface differs strongly and solidly, and that neither a finding nor parallax explains. */
export function unexplainedChanges(input: ComparisonInput, known: readonly BoardFinding[]): BoardFinding[] {
  const { evidence, scale } = input.map;
  const candidates: Candidate[] = strongChanges(input).map((blob) => ({
    blob,
    displacement: findDisplacement(evidence, blob.box, strongerDirection(input, blob.box)),
  }));
  const findings: BoardFinding[] = [];
  for (const candidate of withoutFlocks(candidates)) {
    if (isMoved(candidate.displacement)) continue;
    const { blob } = candidate;
    const box = toReference(blob.box, scale);
    if (known.some((other) => overlapOfSmaller(growBox(other.box, input.tolerancePx), box) > 0.3)) continue;
    findings.push({
      kind: 'unexplained-change',
      score: Math.round(1000 * RANK * scoreOf(blob.mean, THRESHOLDS.changeEvidence / 2, 1)) / 1000,
      label: null,
      site: siteAround(input, box),
      box,
      explanation: explain('unexplained-change', { label: null, site: null }),
    });
  }
  return findings.sort((a, b) => b.score - a.score).slice(0, MOST);
}

/** Solid pieces of strong evidence outside parallax zones, in surface-frame pixels. */
function strongChanges({ map, judged }: ComparisonInput): Blob[] {
  const { evidence, level, parallax } = map;
  const strongest = new Float32Array(evidence.added.length);
  for (let k = 0; k < strongest.length; k++) {
    if (judged[k] !== 0) strongest[k] = Math.max(evidence.added[k]!, evidence.removed[k]!) / level;
  }
  const high = THRESHOLDS.changeEvidence;
  return findBlobs(strongest, evidence.width, evidence.height, high / 2, high).filter(({ box, area }) => {
    const short = Math.min(box.width, box.height);
    return (
      short >= SMALLEST &&
      Math.max(box.width, box.height) <= LONGEST * short &&
      area >= THRESHOLDS.changeSolidity * box.width * box.height &&
      shareIn(parallax, box, evidence.width, evidence.height) <= IN_ZONE
    );
  });
}

/**
 * Leaves out changes that belong to one tall part: several near each other that moved the same way, and what lies
 * among them. The pins of a header do that, each too small to be seen moving by itself.
 */
function withoutFlocks(candidates: readonly Candidate[]): Candidate[] {
  const inFlock = candidates.filter(({ blob, displacement }) => {
    if (!displacement) return false;
    const companions = candidates.filter(
      (other) =>
        other.displacement &&
        distance(other.blob.box, blob.box) < NEAR &&
        Math.hypot(other.displacement.dx - displacement.dx, other.displacement.dy - displacement.dy) <
          SAME_WAY,
    );
    return companions.length >= FLOCK; // itself among them
  });
  const reach = inFlock.map(({ blob, displacement }) =>
    growBox(blob.box, Math.hypot(displacement!.dx, displacement!.dy)),
  );
  return candidates.filter(({ blob }) => !reach.some((area) => intersectBoxes(area, blob.box) !== null));
}

function distance(a: Box, b: Box): number {
  const [ax, ay] = boxCenter(a);
  const [bx, by] = boxCenter(b);
  return Math.hypot(ax - bx, ay - by);
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
