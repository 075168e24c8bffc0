import { count } from '../words.js';
import { CROP_BYTES } from './cutCrops.js';
import { OVERVIEW_BYTES } from './overview.js';
import type { Gathered } from './pageData.js';

/** Bytes that the pictures of a page take at most: two of the whole board in base64, and the crops. */
const PICTURE_BYTES = CROP_BYTES + 2 * Math.ceil(OVERVIEW_BYTES / 3) * 4;
/** Stands for the size of the file until that is known. */
const SIZE = '<!--size-->';

/** What the page says of itself: how large it is, and what it shows less finely than the photo. */
export function footer({ data, grades }: Gathered): string {
  const { frame, photos } = data;
  const { width } = photos[0]!.picture;
  const share = width / frame.width;
  const whole =
    share > 0.995
      ? 'Pictures of the whole board are in full resolution.'
      : `Pictures of the whole board are ${width} px wide, ${Math.round(100 * share)} % of full size; findings are in full resolution.`;
  const sentences = [
    `This file has ${SIZE} and needs no other; its pictures take ${mega(PICTURE_BYTES)} at most.`,
    whole,
  ];
  const coarser = grades.filter((grade) => grade === 'half' || grade === 'coarse').length;
  const none = grades.filter((grade) => grade === 'none').length;
  if (coarser + none > 0) {
    const from = grades.findIndex((grade) => grade !== 'full') + 1;
    const words = none > 0 ? `, ${count(none, 'finding')} only in the pictures of the whole` : '';
    sentences.push(
      `To keep it small, weaker findings (from number ${from} on) are shown more coarsely${words}.`,
    );
  }
  return `<footer id="about"><p>${sentences.join(' ')}</p></footer>`;
}

/** Writes the size of the file into it. */
export function withSize(html: string): string {
  return html.replace(SIZE, mega(Buffer.byteLength(html)));
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
