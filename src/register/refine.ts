import type { Raster } from '../photo/index.js';
import { equalised } from './features.js';
import { type Fit, fitHomography, type PointPairs } from './match.js';
import { type OpenCv, pointsMat, scoped, toMat } from './opencv.js';

/** Forward and backward track must meet again within this many pixels (Kalal et al., ICPR 2010). */
const ROUND_TRIP = 0.7;
const INLIER = 1.5;
/** Corners lie at least this far apart, in pixels. */
const APART = 7;

/** How {@link trackCorners} goes about it. */
export interface TrackOptions {
  /** The strongest so many corners are tracked. */
  corners: number;
  /** Halvings of the picture: 3 finds what lies 40 px off, 1 what lies 10 px off in half the time. */
  halvings: number;
}

/** What tracking needs of a reference, however many photos are laid onto it. */
interface Tracked {
  equalised: Raster;
  /** Corners, strongest first, x y x y…. */
  corners: Float32Array;
}

/** By the grey picture itself, so that it goes when the reference goes. */
const known = new WeakMap<Raster, Tracked>();

/**
 * Tracks corners from the reference into the registered photo (pyramidal Lucas-Kanade, Bouguet 2000) and back.
 * @param reference grey, working frame; what is found out about it is kept for the next photo
 * @param photo grey, warped into the working frame
 * @param mask one byte a pixel, non-zero where corners may be taken (inside the board)
 * @returns pairs from the photo in the frame to the reference frame, those that came back to where they started
 */
export function trackCorners(
  cv: OpenCv,
  reference: Raster,
  photo: Raster,
  mask: Uint8Array,
  { corners, halvings }: TrackOptions,
): PointPairs {
  const tracked = known.get(reference) ?? look(cv, reference);
  known.set(reference, tracked);
  const start = strongestWithin(tracked.corners, mask, reference.width, corners);
  if (start.length === 0) return { from: start, to: start };
  return scoped(cv, (keep) => {
    const a = keep(toMat(cv, tracked.equalised));
    const b = keep(equalised(cv, photo));
    const found = keep(pointsMat(cv, start));
    const there = keep(track(cv, a, b, found, halvings));
    const back = keep(track(cv, b, a, there.points, halvings));
    const moved = there.points.data32F as Float32Array;
    const returned = back.points.data32F as Float32Array;
    const from: number[] = [];
    const to: number[] = [];
    for (let k = 0; 2 * k < start.length; k++) {
      if (there.status.data[k] === 0 || back.status.data[k] === 0) continue;
      const x = start[2 * k]!;
      const y = start[2 * k + 1]!;
      if (Math.hypot(returned[2 * k]! - x, returned[2 * k + 1]! - y) > ROUND_TRIP) continue;
      from.push(moved[2 * k]!, moved[2 * k + 1]!);
      to.push(x, y);
    }
    return { from: Float32Array.from(from), to: Float32Array.from(to) };
  });
}

/** Equalises a reference and finds its corners (Shi and Tomasi, CVPR 1994), all of them: photos show different parts. */
function look(cv: OpenCv, reference: Raster): Tracked {
  return scoped(cv, (keep) => {
    const picture = keep(equalised(cv, reference));
    const found = keep(new cv.Mat());
    const everywhere = keep(new cv.Mat());
    cv.goodFeaturesToTrack(picture, found, 0, 0.005, APART, everywhere, 5, false);
    return {
      equalised: { ...reference, data: new Uint8Array(picture.data) },
      corners: found.rows > 0 ? new Float32Array(found.data32F) : new Float32Array(0),
    };
  });
}

function strongestWithin(corners: Float32Array, mask: Uint8Array, width: number, most: number): Float32Array {
  const within = new Float32Array(Math.min(corners.length, 2 * most));
  let count = 0;
  for (let k = 0; k < corners.length && count < within.length; k += 2) {
    if (mask[corners[k + 1]! * width + corners[k]!] === 0) continue;
    within[count++] = corners[k]!;
    within[count++] = corners[k + 1]!;
  }
  return within.slice(0, count);
}

/** Fits the homography photo-in-frame → reference frame that tracked corners leave, or null if too few agree. */
export function fitResidual(cv: OpenCv, pairs: PointPairs): Fit | null {
  return fitHomography(cv, pairs, INLIER);
}

function track(cv: OpenCv, from: OpenCv, to: OpenCv, points: OpenCv, halvings: number) {
  const result = {
    points: new cv.Mat(),
    status: new cv.Mat(),
    delete() {
      this.points.delete();
      this.status.delete();
    },
  };
  const errors = new cv.Mat();
  // Bouguet's own limits. Ten times finer steps place corners no better: 0.03 px is far below what makes an inlier.
  const criteria = new cv.TermCriteria(cv.TermCriteria_COUNT + cv.TermCriteria_EPS, 20, 0.03);
  const window = new cv.Size(21, 21);
  cv.calcOpticalFlowPyrLK(from, to, points, result.points, result.status, errors, window, halvings, criteria);
  errors.delete();
  return result;
}
