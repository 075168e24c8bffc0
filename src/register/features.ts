import type { Raster } from '../photo/index.js';
import { type OpenCv, scoped, toMat } from './opencv.js';

/** The two detectors in use: ORB is quick and does for most photos, AKAZE finds what ORB misses on dark boards. */
export const FEATURE_KINDS = ['orb', 'akaze'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** Binary features of one picture, as plain data that can be kept in a file. */
export interface Features {
  kind: FeatureKind;
  /** x y x y…, in pixels of the picture they were taken from at full size. */
  points: Float32Array;
  /** `bytesPerFeature` bytes for every point. */
  descriptors: Uint8Array;
  /** 32 for ORB, 61 for AKAZE. */
  bytesPerFeature: number;
}

/** More features than this gain nothing on the measured photos and cost matching time quadratically. */
const ORB_FEATURES = 6000;
/** OpenCV's default of 0.001 leaves dark boards nearly without features. */
const AKAZE_THRESHOLD = 0.0003;
const AKAZE_MAX_POINTS = 5000;

/** Options of {@link extractFeatures}. */
interface ExtractOptions {
  /** Of ORB, the strongest so many; default {@link ORB_FEATURES}. */
  most?: number;
  /** One byte a pixel, 255 where features may be taken: ORB's halved copies keep no less. Default: everywhere. */
  within?: Uint8Array;
}

/**
 * Finds features on a grey picture.
 * @param grey one channel, usually shrunk to a working size
 * @param scale multiplies coordinates, so that points come out in full-size pixels
 */
export function extractFeatures(
  cv: OpenCv,
  grey: Raster,
  kind: FeatureKind,
  scale: number,
  { most = ORB_FEATURES, within }: ExtractOptions = {},
): Features {
  return scoped(cv, (keep) => {
    const picture = keep(equalised(cv, grey));
    const detector = keep(
      kind === 'orb'
        ? // FAST threshold 10 instead of 20: matt dark boards have few strong corners.
          new cv.ORB(most, 1.2, 8, 31, 0, 2, cv.ORB_HARRIS_SCORE, 31, 10)
        : akaze(cv),
    );
    const keypoints = keep(new cv.KeyPointVector());
    const descriptors = keep(new cv.Mat());
    const mask = keep(within ? toMat(cv, { ...grey, data: within }) : new cv.Mat());
    detector.detectAndCompute(picture, mask, keypoints, descriptors);
    return { kind, ...copyOut(keypoints, descriptors, scale) };
  });
}

/**
 * AKAZE with all but the threshold at its defaults. They must not be passed to the constructor: the binding's
 * numbers for the descriptor type are off by one and select a descriptor that samples beyond the picture.
 */
function akaze(cv: OpenCv): OpenCv {
  const detector = new cv.AKAZE();
  detector.setThreshold(AKAZE_THRESHOLD);
  detector.setMaxPoints?.(AKAZE_MAX_POINTS);
  return detector;
}

/** Copies the features out and takes them to full-size pixels. */
function copyOut(keypoints: OpenCv, descriptors: OpenCv, scale: number): Omit<Features, 'kind'> {
  const count = keypoints.size();
  const points = new Float32Array(2 * count);
  for (let k = 0; k < count; k++) {
    const { pt } = keypoints.get(k);
    // Pixel centres lie on whole coordinates: (x + 0.5) · scale − 0.5 keeps them there.
    points[2 * k] = (pt.x + 0.5) * scale - 0.5;
    points[2 * k + 1] = (pt.y + 0.5) * scale - 0.5;
  }
  return {
    points,
    descriptors: new Uint8Array(descriptors.data),
    bytesPerFeature: count === 0 ? 0 : descriptors.cols,
  };
}

/**
 * Local contrast equalisation (CLAHE, Zuiderveld 1994), so that light and exposure matter little. The caller frees
 * the Mat.
 */
export function equalised(cv: OpenCv, grey: Raster): OpenCv {
  return scoped(cv, (keep) => {
    const source = keep(toMat(cv, grey));
    const clahe = keep(new cv.CLAHE(3, new cv.Size(8, 8)));
    const result = new cv.Mat();
    clahe.apply(source, result);
    return result;
  });
}
