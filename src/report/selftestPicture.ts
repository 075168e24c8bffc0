import sharp from 'sharp';
import type { Selftest, SelftestPlant } from '../document/index.js';
import { type Box, boxCenter, scaleBox } from '../geometry/index.js';
import { type Raster, shrinkTo } from '../photo/index.js';
import { GROUND } from './banner.js';
import { type Placed, placeMarks } from './marks.js';
import { selftestBanner } from './selftestBanner.js';
import { FOUND_COLOR, MISSED_COLOR, ring } from './selftestRing.js';
import { svgImage, svgRect } from './svg.js';
import { drawTag } from './tag.js';

/** Longer side of the photo in the picture, pixels. */
const MAX_SIDE = 4000;
/** Below this width the banner would be all line breaks. */
const LEAST_WIDTH = 640;

/**
 * The photo with all planted parts in it, each in a ring with its size: found or missed. Above it what the self-test
 * says, found by size, and the legend. Findings of the unedited photo are framed with a dashed line.
 * @param photo with all planted parts in it
 * @returns a JPEG file
 */
export async function renderSelftestPicture(selftest: Selftest, photo: Raster): Promise<Buffer> {
  const small = await shrinkTo(photo, MAX_SIDE);
  const scale = small.width / photo.width;
  const rings = placeMarks(
    selftest.plants.map((plant) => ({
      id: String(plant.longSidePx),
      found: plant.found,
      box: around(scaleBox(plant.box, scale)),
    })),
    small.width,
    small.height,
  );
  const width = Math.max(LEAST_WIDTH, small.width);
  const head = selftestBanner(selftest, width, small.height);
  const overlay = drawCalls(selftest, scale, small) + drawRings(rings);
  return sharp({
    create: { width, height: head.height + small.height, channels: 3, background: GROUND },
    limitInputPixels: false,
  })
    .composite([
      {
        input: Buffer.from(small.data),
        raw: { width: small.width, height: small.height, channels: 3 },
        left: 0,
        top: head.height,
      },
      { input: svgImage(small.width, small.height, overlay), left: 0, top: head.height },
      { input: svgImage(width, head.height, head.content), left: 0, top: 0 },
    ])
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** The square whose inscribed circle runs around a box's corners, so that the part stays uncovered. */
function around(box: Box): Box {
  const [x, y] = boxCenter(box);
  const radius = Math.hypot(box.width, box.height) / 2;
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

type Ring = Placed & Pick<SelftestPlant, 'found' | 'id'>;

/** Missed ones on top: they are what one looks for. */
function drawRings(rings: readonly Ring[]): string {
  const order = [...rings].sort((a, b) => Number(b.found) - Number(a.found));
  return (
    order.map(({ frame, found, stroke }) => ring(frame, found, stroke)).join('') +
    order
      .map(({ id, found, tag, stroke }) => drawTag(id, tag, found ? FOUND_COLOR : MISSED_COLOR, stroke))
      .join('')
  );
}

/** Findings of the unedited photo: a black and a white line show on any board. */
function drawCalls({ unedited }: Selftest, scale: number, { width, height }: Raster): string {
  const stroke = Math.max(1.2, Math.max(width, height) / 1200);
  return unedited.findings
    .flatMap(({ box }) => (box ? [scaleBox(box, scale)] : []))
    .map((box) => {
      const frame = {
        x: box.x - 4 * stroke,
        y: box.y - 4 * stroke,
        width: box.width + 8 * stroke,
        height: box.height + 8 * stroke,
      };
      return (
        svgRect(frame, { stroke: '#000000', strokeWidth: 2.6 * stroke }) +
        svgRect(frame, { stroke: '#ffffff', strokeWidth: 1.3 * stroke, dash: `${4 * stroke} ${2 * stroke}` })
      );
    })
    .join('');
}
