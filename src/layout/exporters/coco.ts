import type { ReferenceFile, Site } from '../schema.js';
import { rounded } from './rounded.js';

/** Stands for a class that is not known: COCO wants one for every annotation. */
const UNKNOWN = 'unknown';

/**
 * A reference as a COCO dataset of one picture, its first golden photo, in pixels. Sites that expect no part are no
 * annotations, so that nothing learns them as parts; they stand apart as `emptySites`. `site`, `expected`, `rotation`,
 * `part` and the picture's `side` are beside what COCO knows, so that an import of the text gives the same sites. Variants, regions and scores are
 * left out.
 */
export function toCoco({ name, frame, source, golden, sites }: ReferenceFile): string {
  const classes = [...new Set(sites.map(({ label }) => label ?? UNKNOWN))].sort();
  const ids = new Map(classes.map((label, k) => [label, k + 1]));
  const annotation = ({ id, label, expected, box, rotation, part }: Site, k: number) => ({
    id: k + 1,
    image_id: 1,
    category_id: ids.get(label ?? UNKNOWN)!,
    bbox: [rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)],
    area: rounded(box.width * box.height),
    iscrowd: 0,
    site: id,
    expected,
    ...(rotation === undefined ? {} : { rotation }),
    ...(part === undefined ? {} : { part }),
  });
  const all = sites.map(annotation);
  const document = {
    images: [
      {
        id: 1,
        file_name: golden[0]?.file ?? golden[0]?.originalName ?? name,
        width: frame.width,
        height: frame.height,
        ...(source.side ? { side: source.side } : {}),
      },
    ],
    categories: classes.map((label, k) => ({ id: k + 1, name: label })),
    annotations: all.filter(({ expected }) => expected !== 'empty'),
    emptySites: all.filter(({ expected }) => expected === 'empty'),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
