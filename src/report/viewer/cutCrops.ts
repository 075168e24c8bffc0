import type { Homography } from '../../geometry/index.js';
import { type Raster, toJpeg } from '../../photo/index.js';
import { cropShrunk } from '../cropShrunk.js';
import type { Crop } from './browser/types.js';
import type { Region } from './regions.js';

/**
 * Bytes that the crops of a page may take as they stand in it. A page then stays below what mail systems refuse (10 MB)
 * together with its overviews, and opens at once; 200 findings 100 px wide on photos of 12 MP about fill it.
 */
export const CROP_BYTES = 6_000_000;

/** Crops are cut in full resolution, else in half of it, else so that the longer side has this many pixels. */
const LEAST_SIDE = 160;
const FULL = { quality: 84, chromaSubsampling: '4:2:0' } as const;
const COARSE = { quality: 74, chromaSubsampling: '4:2:0' } as const;
/** A photo that is finer than the reference frame is kept so much finer at most. */
const MOST_DENSITY = 2;
/** Share of what is left after the coarse ones that full resolution takes first, so that some is left for half of it. */
const SHARE_OF_FULL = 2 / 3;
/** Regions whose crops are compressed at the same time. */
const AT_ONCE = 8;

/** A crop and the data URI that holds it. */
export interface CutCrop extends Crop {
  uri: string;
}

/** Where the crops of a page come from. */
export interface CropSource {
  photo: Raster;
  golden: Raster | null;
  /** Photo pixels a pixel of the frame. */
  density: number;
  /** Frame → photo pixels around a region. */
  toPhoto(region: Region): Homography;
}

/** What was cut, region by region. */
export interface Cut {
  crops: CutCrop[];
  /** For each region, how it was cut. */
  grades: ('full' | 'half' | 'coarse' | 'none')[];
}

/**
 * Cuts regions out of photo and golden photo, strongest first, within a budget: all coarsely, then the strongest in
 * full resolution, those that follow in half of it, and with what is left more of them in full.
 * @param budget bytes for all of them as data URIs; default {@link CROP_BYTES}
 */
export async function cutCrops(
  regions: readonly Region[],
  source: CropSource,
  budget = CROP_BYTES,
): Promise<Cut> {
  const cuts: CutCrop[][] = await inGroups(regions, (region, k) => cut(region, k, source, 'coarse'));
  const grades: Cut['grades'] = regions.map(() => 'coarse');
  let spent = 0;
  for (const [k, crops] of cuts.entries()) {
    const bytes = sizeOf(crops);
    if (spent + bytes <= budget) spent += bytes;
    else [cuts[k], grades[k]] = [[], 'none'];
  }
  /** Cuts more finely from a region on, and ends at the first that does not fit: a weaker finding never shows more. */
  const refine = async (grade: 'full' | 'half', from: number, limit: number) => {
    for (let k = from; k < regions.length && grades[k] !== 'none'; k++) {
      const crops = await cut(regions[k]!, k, source, grade);
      const more = sizeOf(crops) - sizeOf(cuts[k]!);
      if (spent + more > limit) return k;
      [cuts[k], grades[k]] = [crops, grade];
      spent += more;
    }
    return regions.length;
  };
  const full = await refine('full', 0, spent + SHARE_OF_FULL * (budget - spent));
  await refine('half', full, budget);
  await refine('full', full, budget);
  return { crops: cuts.flat(), grades };
}

/** A JPEG in a data URI. */
export function dataUri(jpeg: Buffer): string {
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

async function cut(
  region: Region,
  k: number,
  { photo, golden, density, toPhoto }: CropSource,
  grade: 'full' | 'half' | 'coarse',
): Promise<CutCrop[]> {
  const { place } = region;
  const longer = Math.max(place.width, place.height);
  const jpeg = grade === 'full' ? FULL : COARSE;
  const scaleFor = (finest: number) =>
    grade === 'full' ? finest : Math.min(finest, grade === 'half' ? finest / 2 : LEAST_SIDE / longer);
  const one = async (picture: Raster, index: number | null, finest: number, mapping?: Homography) => {
    const width = Math.max(1, Math.round(place.width * scaleFor(finest)));
    const view = await cropShrunk(picture, place, width, mapping);
    const id = `i-${k}-${index ?? 'golden'}`;
    const uri = dataUri(await toJpeg(view, jpeg));
    return { id, photo: index, place, width: view.width, height: view.height, uri };
  };
  return Promise.all([
    one(photo, 0, Math.max(1, Math.min(MOST_DENSITY, density)), toPhoto(region)),
    ...(golden ? [one(golden, null, 1)] : []),
  ]);
}

function sizeOf(crops: readonly CutCrop[]): number {
  return crops.reduce((sum, { uri }) => sum + uri.length, 0);
}

async function inGroups<T, R>(
  items: readonly T[],
  make: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  for (let k = 0; k < items.length; k += AT_ONCE)
    made.push(...(await Promise.all(items.slice(k, k + AT_ONCE).map((item, n) => make(item, k + n)))));
  return made;
}
