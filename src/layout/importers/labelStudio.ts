import { z } from 'zod';
import { UserError } from '../../errors.js';
import { boxCenter, boxCorners } from '../../geometry/index.js';
import { MAX_SITES } from '../schema.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { jsonOf } from './jsonOf.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';

const MAX_SIDE = 100_000;
/** Boxes may reach a little beyond the picture. */
const percent = z.number().min(-50).max(150);

/** A box in per cent of the picture; other kinds of marks are passed over. */
const resultSchema = z.object({
  id: z.string().max(200).optional(),
  type: z.string().max(100),
  original_width: z.int().positive().max(MAX_SIDE).optional(),
  original_height: z.int().positive().max(MAX_SIDE).optional(),
  value: z.object({
    x: percent.optional(),
    y: percent.optional(),
    width: z.number().min(0).max(200).optional(),
    height: z.number().min(0).max(200).optional(),
    rotation: z.number().min(-360).max(360).optional(),
    rectanglelabels: z.array(z.string().max(200)).optional(),
  }),
});

const tasksSchema = z
  .array(
    z.object({
      data: z.record(z.string(), z.unknown()).optional(),
      annotations: z.array(z.object({ result: z.array(resultSchema).max(MAX_SITES) })).max(100),
    }),
  )
  .max(1000);

/** Whether a file is an export of Label Studio: a list of tasks with annotations. */
export function looksLikeLabelStudio(input: ImporterInput): boolean {
  const start = startOf(input);
  return /^(\xef\xbb\xbf)?\s*\[\s*\{/.test(start) && /"(annotations|rectanglelabels)"\s*:\s*\[/.test(start);
}

/**
 * Reads the JSON of Label Studio: rectangles of one task, in per cent of the picture. Where several people annotated it,
 * the last annotation counts. Class names are taken in lower case, as detectors name them.
 * @throws UserError naming the record that is wrong, or that there are several pictures
 */
export const labelStudio: Importer = (input) => {
  const parsed = tasksSchema.safeParse(jsonOf(input));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UserError(`${input.name}: at ${issue.path.join('.') || 'the top'}: ${issue.message}`);
  }
  const tasks = parsed.data.filter(({ annotations }) => annotations.some(({ result }) => result.length > 0));
  const [task] = tasks;
  if (tasks.length > 1) {
    throw new UserError(
      `${input.name}: expected annotations of one picture, got ${tasks.length} pictures`,
      'A reference describes one side of one board: export the task of one picture.',
    );
  }
  const results = task?.annotations.at(-1)?.result ?? [];
  const boxes = results.filter(({ type }) => type === 'rectanglelabels');
  const sized = boxes.find(({ original_width, original_height }) => original_width && original_height);
  const width = sized?.original_width ?? null;
  const height = sized?.original_height ?? null;
  if (boxes.length > 0 && (width === null || height === null)) {
    throw new UserError(
      `${input.name}: expected "original_width" and "original_height" of the picture, got none`,
      'Export the task from Label Studio as JSON, not as JSON-MIN.',
    );
  }
  const names = siteNames();
  const sites = boxes.map(({ id, value }, k): ImportedSite => {
    const where = `${input.name}: at rectangle ${k}`;
    const { x, y, width: across, height: down } = value;
    if (x === undefined || y === undefined || !across || !down) {
      throw new UserError(`${where}: expected x, y, width and height above 0, got ${JSON.stringify(value)}`);
    }
    if (value.rotation) {
      throw new UserError(
        `${where}: expected a rectangle that is not turned, got one by ${value.rotation}°`,
        'Boxes of sites stand upright: draw it anew around the part.',
      );
    }
    const label = value.rectanglelabels?.[0]?.trim().toLowerCase() ?? '';
    const known = label === '' || label === 'unknown' ? null : label;
    const box = {
      x: (x / 100) * width!,
      y: (y / 100) * height!,
      width: (across / 100) * width!,
      height: (down / 100) * height!,
    };
    return {
      // Ids that Label Studio makes up name nothing.
      id: names.next(id && !MADE_UP.test(id) ? id : null, known, where),
      label: known,
      side: null,
      at: boxCenter(box),
      rotation: null,
      body: boxCorners(box),
      expected: 'fitted',
      part: null,
    };
  });
  const others = results.length - boxes.length;
  return {
    kind: 'label-studio',
    name: null,
    unit: 'px',
    ...(width && height && { picture: { width, height, side: null } }),
    outline: null,
    sites,
    lacks: ['outline', 'side', 'scale', 'rotation', 'do-not-populate'],
    remarks: [
      ...(others > 0 ? [`${others} marks that are no rectangles were left out.`] : []),
      ...names.remarks(),
    ],
  };
};

/** Ten letters and digits of both cases, as the annotation tool draws them. */
const MADE_UP = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\w-]{10}$/;
