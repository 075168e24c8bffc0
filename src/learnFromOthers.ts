import {
  type ChangeRegion,
  type ExpectedSite,
  expectedFalseCalls,
  findRegions,
  levelOfPhoto,
  type SeenPart,
} from './compare/index.js';
import type { ChangeMap, Models } from './detect/index.js';
import { boxArea } from './geometry/index.js';
import { addVariation, agree, noVariation, type Variation } from './layout/index.js';
import { type Reference, seeParts, sitesOf } from './learn.js';
import { nearestPercent } from './percent.js';
import type { Raster } from './photo/index.js';
import { registerPhoto } from './register/index.js';
import { sameView, whatChanged } from './sameView.js';
import { whyDifferent } from './whyDifferent.js';

/** Why a photo of a good board was not learnt from. */
export interface LeftOut {
  /** One sentence for the user. */
  reason: string;
}

/** What a photo of another good board gave. */
export interface Learnt {
  /** The photo laid onto the reference frame: RGB, black where it does not reach. */
  picture: Raster;
  /** How it differs from the first photo, and the summit, in logits, of which it has one by chance. */
  changes: ChangeMap;
  regions: readonly ChangeRegion[];
  level: number;
}

/** Share of the board that must be judged for a photo to teach anything. */
const LEAST_SEEN = 0.6;
/** Share of the board that may differ; beyond it the photo shows another revision, or shows too little (see whyDifferent.ts). */
const MOST_DIFFERING = 0.04;
/** Share of the good boards that must show a part for it to be a site. */
const AGREEING = 0.5;

/** Learns from further good boards, one after another; memory does not grow with their number. */
export function learnFromOthers(first: Reference, { detector, change }: Models) {
  const { score: confident } = detector.contract.thresholds;
  const sightings: (readonly SeenPart[])[] = [first.goldenParts];
  const seen = new Set([first.sha256]);
  const { width, height } = first;
  let variation: Variation | null = null;

  return {
    /**
     * Takes in another photo, or says why not.
     * @param pixels RGB, as the camera saw it
     * @param sha256 of the photo
     */
    async add(pixels: Raster, sha256: string): Promise<Learnt | LeftOut> {
      if (seen.has(sha256)) return { reason: 'it is the same photo as one before' };
      const { status, homography, reason } = await registerPhoto(pixels, first.registration);
      if (status !== 'ok' || !homography)
        return { reason: reason ?? 'it could not be laid onto the first photo' };
      const view = await sameView(pixels, homography, first);
      if (view.judgedFraction < LEAST_SEEN) {
        return { reason: `it shows only ${nearestPercent(view.judgedFraction)} of the board well enough` };
      }
      const changes = await whatChanged(view, first, change);
      const { decision } = change.contract;
      const regions = findRegions(changes);
      const level = levelOfPhoto(regions, decision);
      const differing = regions
        .filter(({ peak }) => expectedFalseCalls(peak, level, decision.spread) < decision.falseCalls)
        .map(({ box }) => box);
      const shown = view.where.data.reduce((sum, value) => sum + (value ? 1 : 0), 0);
      const board = shown / view.scale ** 2 || width * height;
      const share = differing.reduce((sum, box) => sum + boxArea(box), 0) / board;
      if (share > MOST_DIFFERING) {
        return { reason: await whyDifferent(first.golden, view, differing, share) };
      }
      seen.add(sha256);
      variation ??= noVariation(changes);
      addVariation(variation, changes);
      sightings.push(await seeParts(view.photo, first.outline, detector));
      return { picture: view.photo, changes, regions, level };
    },

    /** What all boards so far agree on, and where they differ. */
    result(): { sites: readonly ExpectedSite[]; variation: Variation | null } {
      if (sightings.length === 1) return { sites: first.sites, variation: null };
      const parts = agree(sightings, confident, AGREEING);
      return { sites: sitesOf(parts, first.outline, 0), variation };
    },
  };
}
