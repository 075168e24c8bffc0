import sharp from 'sharp';
import type { Inspection } from '../document/index.js';
import { scaleBox } from '../geometry/index.js';
import { type Raster, shrinkTo } from '../photo/index.js';
import { banner, GROUND } from './banner.js';
import { insetLayers, insetMarks, insetStrip, leaders } from './insets.js';
import { blank, type Layer, layOver } from './layers.js';
import { drawMarks, placeMarks } from './marks.js';
import { svgImage } from './svg.js';
import { drawUnjudged } from './unjudged.js';

/** Options of {@link renderPicture}. */
export interface PictureOptions {
  /** Longer side of the photo in the picture, in pixels; default 4,000. */
  maxSide?: number;
  /** Whether magnified views of the strongest findings stand beside the photo; default true. */
  insets?: boolean;
  /** JPEG quality, 1 to 100; default 90. */
  quality?: number;
}

/** Below this width the banner would be all line breaks. */
const LEAST_WIDTH = 480;
/** Rows of the drawing that are painted at a time. */
const STRIP = 128;

/**
 * The photo with its findings marked: numbered frames, magnified views of the strongest beside the photo, verdict,
 * notice and legend above it. The photo lies at the lower left, at its own scale.
 * @param photo as inspected
 * @returns a JPEG file
 */
export async function renderPicture(
  inspection: Inspection,
  photo: Raster,
  options: PictureOptions = {},
): Promise<Buffer> {
  const { data, width, height } = await composePicture(inspection, photo, options);
  return (
    sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
      // Codes made for this picture would save 3 % of the file, take four times as long and hold all of it in memory.
      .jpeg({ quality: options.quality ?? 90, chromaSubsampling: '4:4:4', optimiseCoding: false })
      .toBuffer()
  );
}

/** The same as pixels, before a file format is chosen. */
export async function composePicture(
  inspection: Inspection,
  photo: Raster,
  { maxSide = 4000, insets = true }: PictureOptions = {},
): Promise<Raster> {
  const small = await shrinkTo(photo, maxSide);
  const scale = small.width / photo.width;
  const marks = placeMarks(
    inspection.findings.flatMap(({ id, kind, box }) =>
      box ? [{ id, kind, box: scaleBox(box, scale) }] : [],
    ),
    small.width,
    small.height,
  );
  const magnified = insets ? insetMarks(marks) : [];
  const strip = insetStrip(magnified, small);
  const width = Math.max(LEAST_WIDTH, small.width + (strip?.width ?? 0));
  const head = banner(inspection, width, small.height);
  const overlay =
    drawUnjudged(inspection.coverage.notJudged, marks, scale, small) +
    (strip ? leaders(magnified, marks, strip, small.width) : '') +
    drawMarks(marks);
  const layers: Layer[] = [
    { content: small, left: 0, top: head.height },
    ...strips(small.width, small.height, overlay, head.height),
    { content: svgImage(width, head.height, head.content), left: 0, top: 0 },
  ];
  if (strip) layers.push(...insetLayers(magnified, strip, photo, scale, small.width, head.height));
  const picture = blank(width, head.height + small.height, GROUND);
  await layOver(picture, layers);
  return picture;
}

/** A drawing over the whole photo in strips: painted at once it takes four bytes a pixel, more than the photo itself. */
function strips(width: number, height: number, content: string, top: number): Layer[] {
  const layers: Layer[] = [];
  for (let y = 0; y < height; y += STRIP) {
    const rows = Math.min(STRIP, height - y);
    layers.push({ content: svgImage(width, rows, content, y), left: 0, top: top + y });
  }
  return layers;
}
