import { measureLikeness } from './compare/index.js';
import { type Box, pixelBox, scaleBox } from './geometry/index.js';
import { nearestPercent } from './percent.js';
import { type Raster, shrinkTo } from './photo/index.js';
import { TRACK_SIDE } from './register/index.js';
import type { SameView } from './sameView.js';

/** Fine detail that a good photo of the same board shares with the first at least; the samples have 0.79, blurred 0.35. */
const LEAST_SHARED = 0.5;

/**
 * Why so much of a good board's photo differs that nothing is learnt from it, told from what does not differ: where the
 * board is the same, a good photo shows the same detail. A blurred or badly lit one does so nowhere.
 * @param golden the first photo, RGB
 * @param differing what differs, in reference-frame pixels
 * @param share of the board that this is
 * @returns one sentence for the user
 */
export async function whyDifferent(
  golden: Raster,
  view: Pick<SameView, 'photo' | 'where'>,
  differing: readonly Box[],
  share: number,
): Promise<string> {
  const surface = await shrinkTo(golden, TRACK_SIDE);
  const photo = await shrinkTo(view.photo, TRACK_SIDE);
  const { width, height } = surface;
  const scale = width / golden.width;
  const same = view.where.data.slice();
  for (const box of differing) {
    const area = pixelBox(scaleBox(box, scale), width, height);
    if (!area) continue;
    for (let y = area.y; y < area.y + area.height; y++) {
      same.fill(0, y * width + area.x, y * width + area.x + area.width);
    }
  }
  const { overall } = measureLikeness(surface, photo, same);
  const much = `${nearestPercent(share)} of the board differ from the first photo`;
  if (overall < LEAST_SHARED) {
    return (
      `${much}, and the rest shares only ${nearestPercent(Math.max(0, overall))} of its fine detail: ` +
      'blurred, or too different in light or viewpoint'
    );
  }
  const places = differing.length === 1 ? '1 place' : `${differing.length} places`;
  return `${much}, in ${places}, and the rest is the same: another revision or fitting?`;
}
