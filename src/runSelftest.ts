import { visibleAt } from './coverage.js';
import type { Models } from './detect/index.js';
import { noticeOf, type Selftest, type SelftestPlant } from './document/index.js';
import {
  areaScaleAt,
  boxCorners,
  fillMapped,
  fillPolygon,
  growBox,
  type Homography,
  invert,
  mapPoint,
} from './geometry/index.js';
import { inspect, inspectPixels } from './inspect.js';
import type { Reference } from './learn.js';
import { copyBox, type Photo, type Raster, throughJpeg } from './photo/index.js';
import {
  chooseRounds,
  createRandom,
  matchFindings,
  median,
  type Place,
  plantParts,
  plantSizes,
  SHOWN_SHARE,
  secondShot,
  smallestShown,
  tallySizes,
} from './selftest/index.js';
import { VERSION } from './version.js';

/** Options of {@link runSelftest}. */
export interface SelftestOptions {
  /** A photo of a board as good as the reference's; default: the golden photo through a simulated second shot. */
  photo?: Photo;
  /** As for an inspection, above 0; default: what the change model’s contract says, 0.5. */
  falseCalls?: number;
  /** Parts to plant, 1 or more; every eight cost one inspection. Default 48. */
  plants?: number;
  /** The same seed plants the same parts: a whole number from 0; default 1. */
  seed?: number;
  /** Told before each inspection, from 1 to `total`. `total` is 1 until places for plants have been chosen. */
  onProgress?: (photo: number, total: number) => void;
}

/** How a self-test went. */
export interface SelftestResult {
  selftest: Selftest;
  /** The photo with all planted parts in it. */
  picture: Raster;
  /** Of the unedited photo, as in the inspection document's coverage. */
  sharedDetail: number | null;
}

/** Nothing is planted on a finding of the unedited photo, or this near to it, reference pixels. */
const APART = 16;
/** What of a plant's surroundings is shown with it: its shadow; places keep 6 px apart. */
const SHADOW = 6;

/**
 * Plants parts of several sizes into copies of a photo, inspects these as any photo is inspected, and counts what was
 * found. The unedited photo is inspected first, and as it is.
 */
export async function runSelftest(
  reference: Reference,
  models: Models,
  {
    photo: given,
    falseCalls = models.change.contract.decision.falseCalls,
    plants: wanted = 48,
    seed = 1,
    onProgress,
  }: SelftestOptions = {},
): Promise<SelftestResult> {
  const started = performance.now();
  const simulated = given === undefined;
  const pixels = given
    ? given.pixels
    : (await secondShot(reference.golden, reference.outline, createRandom(seed))).photo;
  onProgress?.(1, 1);
  const unedited = given
    ? await inspect(given, reference, models, { falseCalls })
    : await inspectPixels(pixels, reference, models, { falseCalls });
  const calls = unedited.findings.flatMap(({ box }) => (box ? [box] : []));

  const plants: SelftestPlant[] = [];
  const edited = { photos: 0, refused: 0, otherFindings: 0 };
  const picture: Raster = { ...pixels, data: new Uint8Array(pixels.data) };
  const homography = unedited.registration.homography as Homography | null;
  if (unedited.registration.status === 'ok' && homography) {
    // A stream of its own: the same seed plants alike into a real photo and into a simulated one.
    const random = createRandom(seed + 1);
    const { spotOf, angleDeg } = wayIntoPhoto(homography, reference);
    const parts = reference.sites.filter(({ expected }) => expected === 'fitted').map(({ box }) => box);
    const taken = unedited.findings.flatMap(({ referenceBox: box }) => (box ? [growBox(box, APART)] : []));
    const { smallestVisiblePartPx: stated, smallestVisibleMap: map } = unedited.coverage;
    const rounds = chooseRounds(
      reference.golden,
      boardInPhoto(pixels, homography, reference),
      { longSidesPx: plantSizes(wanted, stated), parts, taken },
      random,
    );
    for (const [k, places] of rounds.entries()) {
      onProgress?.(k + 2, rounds.length + 1);
      const planted = plantParts(pixels, angleDeg, places.map(spotOf), random);
      const { registration, findings } = await inspectPixels(
        await throughJpeg(planted.photo),
        reference,
        models,
        { falseCalls },
      );
      const { hits, strays } = matchFindings({
        truths: planted.plants.map(({ box }) => box),
        findings: findings.flatMap(({ box, score }) => (box ? [{ box, score }] : [])),
        ignored: calls,
      });
      for (const [n, { spot, box, part, visibility }] of planted.plants.entries()) {
        const { score, centerErrorPx } = hits[n]!;
        plants.push({
          id: `P${plants.length + 1}`,
          round: k + 1,
          longSidePx: spot.place.longSidePx,
          estimatePx: map && visibleAt(map, reference, spot.place.center),
          box,
          place: spot.place.kind,
          part,
          visibility: Math.round(10 * visibility) / 10,
          found: score !== null,
          score,
          centerErrorPx: centerErrorPx === null ? null : Math.round(100 * centerErrorPx) / 100,
        });
        copyBox(planted.photo, picture, growBox(box, SHADOW));
      }
      edited.photos++;
      edited.otherFindings += strays.length;
      if (registration.status === 'refused') edited.refused++;
    }
  }

  const sizes = tallySizes(plants);
  const smallest = smallestShown(sizes);
  const { mmPerPixel } = reference;
  return {
    picture,
    sharedDetail: unedited.coverage.sharedDetail,
    selftest: {
      schemaVersion: 1,
      tool: { name: 'boardiff', version: VERSION },
      notice: noticeOf(reference),
      photo: unedited.photo,
      simulated,
      reference: unedited.reference,
      models: unedited.models,
      settings: { falseCalls, plants: wanted, seed },
      registration: unedited.registration,
      unedited: {
        findings: unedited.findings,
        smallestVisiblePartPx: unedited.coverage.smallestVisiblePartPx,
      },
      edited,
      plants,
      sizes,
      planted: plants.length,
      found: plants.filter(({ found }) => found).length,
      asStated: whetherAsStated(plants),
      medianCenterErrorPx: median(
        plants.flatMap(({ centerErrorPx }) => (centerErrorPx === null ? [] : [centerErrorPx])),
      ),
      smallestShownPartPx: smallest,
      smallestShownPartMm: smallest === null || mmPerPixel === null ? null : smallest * mmPerPixel,
      milliseconds: Math.round(performance.now() - started),
    },
  };
}

/** Whether parts show where an inspection says that they do. */
function whetherAsStated(plants: readonly SelftestPlant[]): Selftest['asStated'] {
  const large = plants.filter(
    ({ longSidePx, estimatePx }) => estimatePx !== null && longSidePx >= estimatePx,
  );
  const found = large.filter((plant) => plant.found).length;
  return { planted: large.length, found, holds: found >= SHOWN_SHARE * large.length };
}

/** Where places of the reference lie in the photo, and how far the board is turned there, degrees clockwise. */
function wayIntoPhoto(homography: Homography, { width, height }: Reference) {
  const back = invert(homography);
  const [x0, y0] = mapPoint(back, [width / 2, height / 2]);
  const [x1, y1] = mapPoint(back, [width / 2 + 10, height / 2]);
  return {
    angleDeg: (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI,
    spotOf: (place: Place) => ({
      place,
      center: mapPoint(back, place.center),
      longSidePx: place.longSidePx * Math.sqrt(Math.abs(areaScaleAt(back, place.center))),
    }),
  };
}

/** One byte a pixel of the reference: 1 where it is board and the photo shows it. */
function boardInPhoto(
  photo: Raster,
  homography: Homography,
  { outline, width, height }: Reference,
): Uint8Array {
  const frame = boxCorners({ x: 0, y: 0, width: photo.width - 1, height: photo.height - 1 });
  const shown = fillMapped(frame, homography, width, height);
  return fillPolygon(outline, width, height).map((board, k) => board & shown[k]!);
}
