import { boundingBox, boxCenter, type Point } from '../../geometry/index.js';
import { boardFeatureRemarks, isBoardFeature } from './boardFeature.js';
import type { ImportedLayout } from './imported.js';
import { milsToMm } from './mils.js';
import { type Pin, pinBody } from './pinBody.js';
import { siteNames } from './siteNames.js';

/** A part as boardviews know it; places in thousandths of an inch, y up, as seen through the top side. */
export interface BoardviewPart {
  name: string;
  side: 'top' | 'bottom' | null;
  pins: Pin[];
  /** Its own outline, where the file has one. */
  body: readonly Point[] | null;
  /** Where it is when it has neither pins nor outline. */
  origin: Point | null;
  /** File and line, for messages. */
  where: string;
}

/** More of either than any board has; a file with more is refused before they fill the memory. */
export const MAX_PINS = 1_000_000;
export const MAX_OUTLINE = 10_000;

/** A boardview as a layout: bodies from the parts' own outlines, otherwise from their pins. */
export function boardviewLayout(
  kind: string,
  parts: readonly BoardviewPart[],
  outline: readonly Point[],
  more: string[] = [],
): ImportedLayout {
  const names = siteNames();
  let guessed = 0;
  let nowhere = 0;
  let features = 0;
  const sites: ImportedLayout['sites'] = [];
  for (const { name, side, pins, body: own, origin, where } of parts) {
    const body = own ?? pinBody(pins);
    const places = body ?? (pins.length > 0 ? pins.map(({ at }) => at) : origin ? [origin] : []);
    if (places.length === 0) {
      nowhere++;
      continue;
    }
    if (isBoardFeature({ reference: name, footprint: '', pads: pins.length || null })) {
      features++;
      continue;
    }
    if (!own) guessed++;
    const label = null;
    sites.push({
      id: names.next(name, label, where),
      label,
      side,
      at: milsToMm(boxCenter(boundingBox(places))),
      rotation: null,
      body: body?.map(milsToMm) ?? null,
      expected: 'fitted',
      part: null,
    });
  }
  const remarks = [...more, ...boardFeatureRemarks(features)];
  if (guessed > 0)
    remarks.push(`Sizes of ${guessed} parts are guessed from their pins: the boardview has none.`);
  if (nowhere > 0) remarks.push(`${nowhere} parts have neither pins nor a place and were left out.`);
  remarks.push(...names.remarks());
  const hasOutline = outline.length >= 3;
  return {
    kind,
    name: null,
    unit: 'mm',
    outline: hasOutline ? outline.map(milsToMm) : null,
    sites,
    lacks: [
      ...(hasOutline ? [] : (['outline'] as const)),
      ...(guessed > 0 ? (['body-size'] as const) : []),
      ...(sites.some(({ label }) => label !== null) ? [] : (['labels'] as const)),
      'rotation',
      'do-not-populate',
    ],
    remarks,
  };
}
