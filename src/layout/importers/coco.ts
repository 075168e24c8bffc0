import { z } from 'zod';
import { UserError } from '../../errors.js';
import { boxCenter, boxCorners } from '../../geometry/index.js';
import { EXPECTATIONS, MAX_SITES } from '../schema.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { jsonOf } from './jsonOf.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';

const MAX_SIDE = 100_000;
const place = z.number().min(-MAX_SIDE).max(MAX_SIDE);
const size = z.number().positive().max(MAX_SIDE);
const id = z.union([z.number(), z.string()]);

const annotationSchema = z.object({
  image_id: id,
  category_id: id,
  bbox: z.tuple([place, place, size, size]),
  iscrowd: z.number().optional(),
  // What boardiff's own export adds, so that nothing is lost on the way back.
  site: z.string().optional(),
  expected: z.enum(EXPECTATIONS).optional(),
  rotation: z.number().min(-360).max(360).optional(),
  part: z.string().max(500).optional(),
});

const imageSchema = z.object({
  id,
  file_name: z.string().max(1000).optional(),
  width: z.int().positive().max(MAX_SIDE).optional(),
  height: z.int().positive().max(MAX_SIDE).optional(),
  side: z.enum(['top', 'bottom']).optional(),
});

const cocoSchema = z.object({
  images: z.array(imageSchema).max(MAX_SITES),
  categories: z.array(z.object({ id, name: z.string().max(200) })).max(10_000),
  annotations: z.array(annotationSchema).max(MAX_SITES),
  emptySites: z.array(annotationSchema).max(MAX_SITES).default([]),
});

type Annotation = z.infer<typeof annotationSchema>;

/** Whether a file is a COCO dataset: JSON that says "annotations", "images" or "categories" near its beginning. */
export function looksLikeCoco(input: ImporterInput): boolean {
  const start = startOf(input);
  return /^(\xef\xbb\xbf)?\s*\{/.test(start) && /"(annotations|categories)"\s*:\s*\[/.test(start);
}

/**
 * Reads COCO datasets (`images`, `annotations` with `bbox`, `categories`) of one picture, in its pixels. Class names
 * are taken in lower case, as detectors name them.
 * @throws UserError naming the record that is wrong, or that there are several pictures
 */
export const coco: Importer = (input) => {
  const parsed = cocoSchema.safeParse(jsonOf(input));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UserError(`${input.name}: at ${issue.path.join('.') || 'the top'}: ${issue.message}`);
  }
  const { images, categories, annotations, emptySites } = parsed.data;
  const classes = new Map(categories.map(({ id, name }) => [id, name.trim().toLowerCase()]));
  const pictures = new Set([...annotations, ...emptySites].map(({ image_id }) => image_id));
  if (pictures.size > 1) {
    throw new UserError(
      `${input.name}: expected annotations of one picture, got ${pictures.size} pictures`,
      'A reference describes one side of one board: export the annotations of one picture.',
    );
  }
  const names = siteNames();
  const crowds = annotations.filter(({ iscrowd }) => iscrowd === 1).length;
  const toSite = (list: string, annotation: Annotation, k: number): ImportedSite => {
    const where = `${input.name}: at ${list}.${k}`;
    const label = classes.get(annotation.category_id);
    if (label === undefined) {
      throw new UserError(`${where}: expected a category of the file, got ${annotation.category_id}`);
    }
    const [x, y, width, height] = annotation.bbox;
    const box = { x, y, width, height };
    const known = label === '' || label === 'unknown' ? null : label;
    return {
      id: names.next(annotation.site ?? null, known, where),
      label: known,
      side: null,
      at: boxCenter(box),
      rotation: annotation.rotation ?? null,
      body: boxCorners(box),
      expected: annotation.expected ?? (list === 'emptySites' ? 'empty' : 'fitted'),
      part: annotation.part ?? null,
    };
  };
  const sites = [
    ...annotations.flatMap((one, k) => (one.iscrowd === 1 ? [] : [toSite('annotations', one, k)])),
    ...emptySites.map((one, k) => toSite('emptySites', one, k)),
  ];
  const [shown] = pictures;
  const image = images.find(({ id }) => id === shown);
  const { width, height, side } = image ?? {};
  return {
    kind: 'coco',
    name: image?.file_name?.split(/[\\/]/).at(-1) || null,
    unit: 'px',
    ...(width && height && { picture: { width, height, side: side ?? null } }),
    outline: null,
    sites,
    lacks: [
      'outline',
      ...(side ? [] : (['side'] as const)),
      'scale',
      ...(sites.some(({ rotation }) => rotation !== null) ? [] : (['rotation'] as const)),
      ...(emptySites.length > 0 ? [] : (['do-not-populate'] as const)),
    ],
    remarks: [
      ...(crowds > 0 ? [`${crowds} annotations of crowds were left out: they do not tell parts apart.`] : []),
      ...names.remarks(),
    ],
  };
};
