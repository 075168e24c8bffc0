import sharp from 'sharp';
import type { Finding, Inspection } from '../document/index.js';
import { type Box, type Homography, invert } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { crop, squareAround } from './crop.js';
import { escapeHtml } from './escape.js';
import { outline } from './insets.js';
import { svgImage } from './svg.js';
import { KIND_COLORS, KIND_WORDS, placeWords } from './words.js';

/** Pixels that a report shows besides what the document says. */
export interface ReportPictures {
  /** The photo as inspected. */
  photo: Raster;
  /** The golden photo in the reference frame; null when there is none to show. */
  golden: Raster | null;
}

/** Width and JPEG quality of a crop: full for reports of a few findings, less for many, so that 200 stay below 8 MB. */
const FINE = { width: 560, quality: 86 };
const COARSE = { width: 320, quality: 80 };
const MOST_FINE = 40;

/** A crop shows the finding in this many times its own size, and at least so many pixels of the reference. */
const CONTEXT = 3;
const LEAST_CONTEXT = 96;

/**
 * One finding as an HTML article: what it is and where, and the reference beside the photo.
 * @param pictures null to leave the crops out
 */
export async function htmlFinding(
  finding: Finding,
  inspection: Inspection,
  pictures: ReportPictures | null,
): Promise<string> {
  const { id, kind, score, label, site, box, referenceBox, explanation } = finding;
  const rows: [string, string][] = [];
  if (label !== null) rows.push(['Part', label]);
  if (site !== null) rows.push(['Site', site]);
  rows.push(['Score', score.toFixed(2)]);
  rows.push(['Photo', box ? unbroken(placeWords(box)) : 'outside the photo']);
  if (referenceBox) rows.push(['Reference', unbroken(placeWords(referenceBox))]);
  const list = rows.map(([key, value]) => `<div><dt>${key}</dt><dd>${escapeHtml(value)}</dd></div>`).join('');
  const views = pictures ? await pair(finding, inspection, pictures) : '';
  return `<article id="${escapeHtml(id)}">
<div class="what">
<h3><span class="swatch" style="border-color:${KIND_COLORS[kind]}"></span>${escapeHtml(id)} <span>${KIND_WORDS[kind]}</span></h3>
<p>${escapeHtml(explanation)}</p>
<dl>${list}</dl>
</div>
${views}
</article>`;
}

/** Reference and photo at the same place, in the same orientation and scale; only the photo where that is all there is. */
async function pair(
  { id, box, referenceBox, kind }: Finding,
  { registration, findings, reference }: Inspection,
  { photo, golden }: ReportPictures,
): Promise<string> {
  const { width, quality } = findings.length > MOST_FINE ? COARSE : FINE;
  const back = registration.homography && inverse(registration.homography as unknown as Homography);
  const views: { name: string; view: Raster; place: Box; here: Box }[] = [];
  if (referenceBox && back) {
    const place = squareAround(referenceBox, CONTEXT, LEAST_CONTEXT, reference);
    if (golden)
      views.push({ name: 'Reference', view: crop(golden, place, width), place, here: referenceBox });
    views.push({ name: 'Photo', view: crop(photo, place, width, back), place, here: referenceBox });
  } else if (box) {
    const place = squareAround(box, CONTEXT, LEAST_CONTEXT, photo);
    views.push({ name: 'Photo', view: crop(photo, place, width), place, here: box });
  }
  const figures = await Promise.all(
    views.map(async ({ name, view, place, here }) => {
      const lines = svgImage(view.width, view.height, outline(here, place, view.width, KIND_COLORS[kind]));
      const jpeg = await sharp(view.data, { raw: { width: view.width, height: view.height, channels: 3 } })
        .composite([{ input: lines }])
        .jpeg({ quality })
        .toBuffer();
      return (
        `<figure><img src="data:image/jpeg;base64,${jpeg.toString('base64')}" width="${view.width}" ` +
        `height="${view.height}" alt="${name} at ${escapeHtml(id)}, ${KIND_WORDS[kind]}">` +
        `<figcaption>${name}</figcaption></figure>`
      );
    }),
  );
  return figures.length > 0 ? `<div class="pair">${figures.join('')}</div>` : '';
}

/** The mapping back, or null where the document holds one that has none. */
function inverse(homography: Homography): Homography | null {
  try {
    return invert(homography);
  } catch {
    return null;
  }
}

/** Keeps each number and its unit on one line. */
function unbroken(place: string): string {
  return place.replace(/ (×|px)/g, '\u00a0$1').replaceAll('× ', '×\u00a0');
}
