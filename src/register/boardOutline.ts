import { boxCorners, fillPolygon, mapPoint, type Point, signedArea } from '../geometry/index.js';
import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { loadOpenCv, type OpenCv, scoped, toMat } from './opencv.js';
import { resizing } from './warp.js';

/** An outline and where it comes from: found in the picture, or the picture's frame for want of better. */
export interface BoardOutline {
  /** Corners in photo pixels, clockwise on screen. */
  polygon: Point[];
  /** False when the board fills the picture or could not be told from what it lies on. */
  found: boolean;
}

/** Longer side at which board and table are told apart. */
const SIDE = 320;
/** Width of the border strip taken as table, as a share of the shorter side. */
const STRIP = 0.02;
const ROUNDS = 4;
/** What lightness counts against colour: light falls off towards the corners, colour does not. */
const LIGHTNESS = 0.5;
/** A board smaller than this share of the picture, or larger, is not believed. */
const MIN_SHARE = 0.05;
const MAX_SHARE = 0.93;
/** Share of its convex hull that the board must fill: boards are solid, a mixture of table and board is not. */
const MIN_SOLIDITY = 0.85;
/**
 * The table must be calmer than the board: mean gradient outside at most this share of that inside. In a close-up
 * the "table" is board as well, and leaving it out would hide what is there.
 */
const MAX_TABLE_DETAIL = 0.4;

/**
 * Finds the board in a photo: what differs from the border of the picture, mostly in colour (GrabCut, Rother et al.,
 * SIGGRAPH 2004), its largest solid piece, and the convex hull of that.
 * @param photo RGB
 */
export async function findBoardOutline(photo: Raster): Promise<BoardOutline> {
  const { cv } = await loadOpenCv();
  const small = await shrinkTo(photo, SIDE);
  const hull = scoped(cv, (keep) => {
    const mask = keep(grabCut(cv, keep(byColour(cv, small))));
    return solidHull(cv, mask);
  });
  const toPhoto = resizing(small, photo);
  if (hull && tableDetail(toGrey(small), hull) < MAX_TABLE_DETAIL)
    return { polygon: hull.map((corner) => mapPoint(toPhoto, corner)), found: true };
  return {
    polygon: boxCorners({ x: 0, y: 0, width: photo.width - 1, height: photo.height - 1 }),
    found: false,
  };
}

/** The picture in CIELAB with little of its lightness; the caller frees it. */
function byColour(cv: OpenCv, picture: Raster): OpenCv {
  return scoped(cv, (keep) => {
    const lab = new cv.Mat();
    cv.cvtColor(keep(toMat(cv, picture)), lab, cv.COLOR_RGB2Lab);
    const values: Uint8Array = lab.data;
    for (let k = 0; k < values.length; k += 3) values[k]! *= LIGHTNESS;
    return lab;
  });
}

/** A mask, 255 where the picture is unlike its border; the caller frees it. */
function grabCut(cv: OpenCv, picture: OpenCv): OpenCv {
  return scoped(cv, (keep) => {
    const strip = Math.max(2, Math.round(STRIP * Math.min(picture.rows, picture.cols)));
    const inside = new cv.Rect(strip, strip, picture.cols - 2 * strip, picture.rows - 2 * strip);
    const labels = keep(new cv.Mat());
    const background = keep(new cv.Mat());
    const foreground = keep(new cv.Mat());
    cv.setRNGSeed(1); // its k-means starts at random; the same photo must give the same outline
    cv.grabCut(picture, labels, inside, background, foreground, ROUNDS, cv.GC_INIT_WITH_RECT);
    const mask = new cv.Mat(picture.rows, picture.cols, cv.CV_8UC1);
    for (let k = 0; k < mask.data.length; k++) {
      mask.data[k] = labels.data[k] === cv.GC_FGD || labels.data[k] === cv.GC_PR_FGD ? 255 : 0;
    }
    return mask;
  });
}

/** Convex hull of the largest piece, or null when that is no board. */
function solidHull(cv: OpenCv, mask: OpenCv): Point[] | null {
  return scoped(cv, (keep) => {
    const kernel = keep(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(5, 5)));
    const closed = keep(new cv.Mat());
    cv.morphologyEx(mask, closed, cv.MORPH_CLOSE, kernel);
    const opened = keep(new cv.Mat());
    cv.morphologyEx(closed, opened, cv.MORPH_OPEN, kernel);
    const contours = keep(new cv.MatVector());
    const hierarchy = keep(new cv.Mat());
    cv.findContours(opened, contours, hierarchy, cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
    let largest: OpenCv = null;
    let area = 0;
    for (let k = 0; k < contours.size(); k++) {
      const contour = keep(contours.get(k));
      const size = cv.contourArea(contour);
      if (size > area) {
        area = size;
        largest = contour;
      }
    }
    const total = mask.rows * mask.cols;
    if (!largest || area < MIN_SHARE * total) return null;
    const hull = keep(new cv.Mat());
    cv.convexHull(largest, hull, true);
    const hullArea = cv.contourArea(hull);
    if (hullArea > MAX_SHARE * total || area < MIN_SOLIDITY * hullArea) return null;
    const simple = keep(new cv.Mat());
    cv.approxPolyDP(hull, simple, 0.004 * Math.hypot(mask.rows, mask.cols), true);
    const corners: Point[] = [];
    for (let k = 0; k < simple.rows; k++) {
      corners.push([simple.data32S[2 * k], simple.data32S[2 * k + 1]]);
    }
    return signedArea(corners) < 0 ? corners.reverse() : corners;
  });
}

/** Mean absolute gradient outside the hull as a share of that inside. */
function tableDetail({ data, width, height }: Raster, hull: Point[]): number {
  const inside = fillPolygon(hull, width, height);
  const sums = [0, 0];
  const counts = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const k = y * width + x;
      const gradient = Math.abs(data[k + 1]! - data[k - 1]!) + Math.abs(data[k + width]! - data[k - width]!);
      sums[inside[k]!]! += gradient;
      counts[inside[k]!]!++;
    }
  }
  return sums[0]! / Math.max(1, counts[0]!) / Math.max(1e-6, sums[1]! / Math.max(1, counts[1]!));
}
