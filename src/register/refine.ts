import type { Raster } from '../photo/index.js';
import { equalised } from './features.js';
import { type Fit, fitHomography, type PointPairs } from './match.js';
import { type OpenCv, scoped } from './opencv.js';

const CORNERS = 2500;
/** Forward and backward track must meet again within this many pixels (Kalal et al., ICPR 2010). */
const ROUND_TRIP = 0.7;
const INLIER = 1.5;

/**
 * Tracks corners from the reference into the registered photo (pyramidal Lucas-Kanade, Bouguet 2000) and back.
 * @param reference grey, working frame
 * @param photo grey, warped into the working frame
 * @param mask one byte a pixel, non-zero where corners may be taken (inside the board)
 * @param corners how many to look for
 * @returns pairs from the photo in the frame to the reference frame, those that came back to where they started
 */
export function trackCorners(
  cv: OpenCv,
  reference: Raster,
  photo: Raster,
  mask: Uint8Array,
  corners = CORNERS,
): PointPairs {
  return scoped(cv, (keep) => {
    const a = keep(equalised(cv, reference));
    const b = keep(equalised(cv, photo));
    const where = keep(new cv.Mat(reference.height, reference.width, cv.CV_8UC1));
    where.data.set(mask);
    const found = keep(new cv.Mat());
    cv.goodFeaturesToTrack(a, found, corners, 0.005, 7, where, 5, false);
    const from: number[] = [];
    const to: number[] = [];
    if (found.rows > 0) {
      const there = keep(track(cv, a, b, found));
      const back = keep(track(cv, b, a, there.points));
      const start = found.data32F as Float32Array;
      const moved = there.points.data32F as Float32Array;
      const returned = back.points.data32F as Float32Array;
      for (let k = 0; k < found.rows; k++) {
        if (there.status.data[k] === 0 || back.status.data[k] === 0) continue;
        const x = start[2 * k]!;
        const y = start[2 * k + 1]!;
        if (Math.hypot(returned[2 * k]! - x, returned[2 * k + 1]! - y) > ROUND_TRIP) continue;
        from.push(moved[2 * k]!, moved[2 * k + 1]!);
        to.push(x, y);
      }
    }
    return { from: Float32Array.from(from), to: Float32Array.from(to) };
  });
}

/** Fits the homography photo-in-frame → reference frame that tracked corners leave, or null if too few agree. */
export function fitResidual(cv: OpenCv, pairs: PointPairs): Fit | null {
  return fitHomography(cv, pairs, INLIER);
}

function track(cv: OpenCv, from: OpenCv, to: OpenCv, points: OpenCv) {
  const result = {
    points: new cv.Mat(),
    status: new cv.Mat(),
    delete() {
      this.points.delete();
      this.status.delete();
    },
  };
  const errors = new cv.Mat();
  const criteria = new cv.TermCriteria(cv.TermCriteria_COUNT + cv.TermCriteria_EPS, 30, 0.01);
  cv.calcOpticalFlowPyrLK(
    from,
    to,
    points,
    result.points,
    result.status,
    errors,
    new cv.Size(21, 21),
    3,
    criteria,
  );
  errors.delete();
  return result;
}
