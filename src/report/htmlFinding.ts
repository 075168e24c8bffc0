import sharp from 'sharp';
import type { Finding, Inspection } from '../document/index.js';
import {
  type Box,
  boxCenter,
  compose,
  type Homography,
  invert,
  mapPoint,
  translation,
} from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { squareAround } from './crop.js';
import { cropShrunk } from './cropShrunk.js';
import { escapeHtml } from './escape.js';
import { outline } from './insets.js';
import { layOver } from './layers.js';
import { svgImage } from './svg.js';
import { KIND_COLORS, KIND_WORDS, placeWords } from './words.js';

/** Pixels that a report shows besides what the document says. */
export interface ReportPictures {
  /** The photo as inspected. */
  photo: Raster;
  /** The golden photo in the reference frame; null when there is none to show. */
  golden: Raster | null;
}

/**
 * Width and JPEG quality of a crop by the number of findings: full for a few, less for many, so that 200 stay below
 * 8 MB. Measured on 2,400 and 3,465 px photos with 200 findings 60 to 170 px wide.
 */
const GRADES = [
  { upTo: 40, width: 560, quality: 86 },
  { upTo: 90, width: 320, quality: 80 },
  { upTo: Infinity, width: 220, quality: 76 },
] as const;

/** Lays the photo over the reference and shows them in turn: what differs is what blinks. Styles alone do it. */
const BLINK = '<label class="blink"><input type="checkbox"> Blink: one over the other, in turn</label>';

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
  const { width, quality } = GRADES.find(({ upTo }) => findings.length <= upTo)!;
  const back = registration.homography && inverse(registration.homography as unknown as Homography);
  const views: { name: string; view: Raster; place: Box; here: Box }[] = [];
  if (referenceBox && back) {
    const place = squareAround(referenceBox, CONTEXT, LEAST_CONTEXT, reference);
    if (golden)
      views.push({
        name: 'Reference',
        view: await cropShrunk(golden, place, width),
        place,
        here: referenceBox,
      });
    const toPhoto = box ? throughBoxes(back, referenceBox, box, photo) : back;
    views.push({
      name: 'Photo',
      view: await cropShrunk(photo, place, width, toPhoto),
      place,
      here: referenceBox,
    });
  } else if (box) {
    const place = squareAround(box, CONTEXT, LEAST_CONTEXT, photo);
    views.push({ name: 'Photo', view: await cropShrunk(photo, place, width), place, here: box });
  }
  const figures = await Promise.all(
    views.map(async ({ name, view, place, here }) => {
      const lines = svgImage(view.width, view.height, outline(here, place, view.width, KIND_COLORS[kind]));
      await layOver(view, [{ content: lines, left: 0, top: 0 }]);
      const jpeg = await sharp(view.data, { raw: { width: view.width, height: view.height, channels: 3 } })
        .jpeg({ quality })
        .toBuffer();
      return (
        `<figure><img src="data:image/jpeg;base64,${jpeg.toString('base64')}" width="${view.width}" ` +
        `height="${view.height}" alt="${name} at ${escapeHtml(id)}, ${KIND_WORDS[kind]}">` +
        `<figcaption>${name}</figcaption></figure>`
      );
    }),
  );
  if (figures.length === 0) return '';
  return `<div class="pair">${figures.join('')}${figures.length === 2 ? BLINK : ''}</div>`;
}

/**
 * The registration's mapping, moved by what local alignment added to it: the two boxes of a finding are the same place,
 * also where a tall part lies a few pixels beside its mapped place. A box cut at the photo's edge tells nothing.
 * @param back reference → photo pixels
 */
function throughBoxes(back: Homography, referenceBox: Box, box: Box, photo: Raster): Homography {
  const cut =
    box.x <= 0 || box.y <= 0 || box.x + box.width >= photo.width || box.y + box.height >= photo.height;
  if (cut) return back;
  const [x, y] = mapPoint(back, boxCenter(referenceBox));
  const [toX, toY] = boxCenter(box);
  return Number.isFinite(x + y) ? compose(translation(toX - x, toY - y), back) : back;
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
