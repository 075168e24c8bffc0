import { drawMarks, placeMarks } from '../marks.js';
import type { PageData } from './browser/types.js';

/** The whole photo with numbered boxes and what was not judged, as an SVG element: the picture of a case file. */
export function printPicture({ frame, photos, findings, notJudged }: PageData): string {
  const marks = placeMarks(
    findings.flatMap(({ name, kind, place }) => (place ? [{ id: name, kind, box: place }] : [])),
    frame.width,
    frame.height,
  );
  const side = Math.max(frame.width, frame.height);
  const gap = side / 110;
  const hatched = notJudged.map(({ polygon }) => `<polygon points="${polygon.join(' ')}"/>`).join('');
  return `<svg class="whole" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="The photo with the findings numbered">
<defs><pattern id="hatch" width="${gap}" height="${gap}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="${gap}" height="${gap}" fill="#000" fill-opacity=".2"/><rect width="${gap / 6}" height="${gap}" fill="#fff" fill-opacity=".8"/></pattern></defs>
<use href="#${photos[0]!.picture.id}"/>
<g fill="url(#hatch)" stroke="#fff" stroke-width="${side / 1600}">${hatched}</g>
${drawMarks(marks)}
</svg>`;
}
