import type { Finding, Inspection } from '../../document/index.js';
import { boxCenter, compose, type Homography, invert, mapPoint, translation } from '../../geometry/index.js';
import { type Raster, shrinkTo, toJpeg } from '../../photo/index.js';
import { squareAround } from '../crop.js';
import { cropShrunk } from '../cropShrunk.js';
import type { ReportPictures } from '../reportPictures.js';

/** Side of a crop and longer side of the thumbnail, in pixels. */
const CROP = 192;
const THUMBNAIL = 320;
/** Findings that get crops, strongest first. */
const MOST = 40;
const JPEG = { quality: 80, chromaSubsampling: '4:2:0' } as const;

/**
 * Small pictures for a list of many boards: thumbnail.jpg, and for each of the strongest findings crops/F1-photo.jpg
 * and crops/F1-golden.jpg, the same place in the same orientation and scale.
 * @returns JPEG files by name
 */
export async function renderCrops(
  inspection: Inspection,
  { photo, golden }: ReportPictures,
): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  files.set('thumbnail.jpg', await toJpeg(await shrinkTo(photo, THUMBNAIL), JPEG));
  for (const [k, finding] of inspection.findings.slice(0, MOST).entries()) {
    const name = `crops/F${k + 1}`;
    for (const [what, view] of Object.entries(await views(finding, inspection, photo, golden))) {
      if (view) files.set(`${name}-${what}.jpg`, await toJpeg(view, JPEG));
    }
  }
  return files;
}

async function views(
  { box, referenceBox }: Finding,
  { registration, reference }: Inspection,
  photo: Raster,
  golden: Raster | null,
): Promise<{ photo?: Raster | null; golden?: Raster | null }> {
  if (referenceBox && registration.homography) {
    const place = squareAround(referenceBox, 3, 96, reference);
    const back = invert(registration.homography as unknown as Homography);
    const [x, y] = mapPoint(back, boxCenter(referenceBox));
    const [toX, toY] = box ? boxCenter(box) : [x, y];
    // A tall part lies beside its mapped place; its two boxes say how far.
    const toPhoto = Number.isFinite(x + y) ? compose(translation(toX - x, toY - y), back) : back;
    return {
      photo: await cropShrunk(photo, place, CROP, toPhoto),
      golden: golden && (await cropShrunk(golden, place, CROP)),
    };
  }
  return box ? { photo: await cropShrunk(photo, squareAround(box, 3, 96, photo), CROP) } : {};
}
