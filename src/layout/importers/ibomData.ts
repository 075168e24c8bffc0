import { z } from 'zod';
import { messageOf, UserError } from '../../errors.js';
import type { ImporterInput } from './imported.js';
import { unpackLzString } from './lzString.js';
import { textOf } from './textOf.js';

/** Characters of unpacked data; a board of 5,000 parts with all its tracks has about 20 million. */
const MAX_CHARACTERS = 64 * 2 ** 20;
const MAX_FOOTPRINTS = 50_000;
const MAX_EDGES = 100_000;

const number = z.number().min(-1e6).max(1e6);
const place = z.tuple([number, number]);

const edgeSchema = z.looseObject({
  type: z.string(),
  start: place.optional(),
  end: place.optional(),
  radius: number.optional(),
  startangle: number.optional(),
  endangle: number.optional(),
  cpa: place.optional(),
  cpb: place.optional(),
  pos: place.optional(),
  angle: number.optional(),
  polygons: z.array(z.array(place).max(MAX_EDGES)).max(1_000).optional(),
});

const footprintSchema = z.object({
  ref: z.string(),
  layer: z.string(),
  bbox: z.object({ pos: place, size: place, angle: number.default(0), relpos: place.default([0, 0]) }),
  pads: z.array(z.unknown()).default([]),
});

const dataSchema = z.object({
  edges: z.array(edgeSchema).max(MAX_EDGES),
  footprints: z.array(footprintSchema).max(MAX_FOOTPRINTS),
  metadata: z.object({ title: z.string().optional() }).optional(),
  bom: z
    .object({
      skipped: z.array(z.number()).default([]),
      fields: z.record(z.string(), z.array(z.unknown())).default({}),
    })
    .default({ skipped: [], fields: {} }),
});

/** What an interactive bill of materials says of a board: millimetres, y down. */
export type IbomData = z.infer<typeof dataSchema>;
export type IbomEdge = z.infer<typeof edgeSchema>;

const PACKED = /JSON\.parse\(\s*LZString\.decompressFromBase64\(\s*["']([A-Za-z0-9+/=]*)["']\s*\)\s*\)/y;
const BEGINNING = /\b(?:var|let|const)\s+pcbdata\s*=\s*/;

/**
 * Board data of InteractiveHtmlBom: its JSON file, or its page with the data in it, packed or plain. Nothing of the page
 * is run.
 * @throws UserError naming the record that is wrong, or that there is no such data
 */
export function ibomData(input: ImporterInput): IbomData {
  const text = textOf(input);
  const json = /^\s*\{/.test(text) ? text : dataOf(text, input.name);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UserError(
      `${input.name}: expected pcbdata as JSON, got: ${messageOf(error).split('\n')[0]!.slice(0, 200)}`,
    );
  }
  // The generic JSON that the tool takes as input wraps the same data.
  const wrapped = (value as { pcbdata?: unknown } | null)?.pcbdata;
  const parsed = dataSchema.safeParse(wrapped ?? value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(`${input.name}: at ${issue.path.join('.') || 'the top'}: ${issue.message}`);
}

function dataOf(page: string, name: string): string {
  const begin = BEGINNING.exec(page);
  if (!begin) throw new UserError(`${name}: expected a page with "var pcbdata = …", got none`);
  const from = begin.index + begin[0].length;
  if (page[from] === '{') return page.slice(from, endOfObject(page, from, name));
  PACKED.lastIndex = from;
  const packed = PACKED.exec(page)?.[1];
  if (packed === undefined) {
    throw new UserError(
      `${name}: expected pcbdata as an object or packed by LZString, got "${page.slice(from, from + 40)}"`,
    );
  }
  const text = unpackLzString(packed, MAX_CHARACTERS);
  if (text !== null) return text;
  throw new UserError(
    `${name}: expected pcbdata that unpacks to at most ${MAX_CHARACTERS >> 20} million characters, got damaged or larger data`,
  );
}

/** Where an object that begins at `from` ends. */
function endOfObject(text: string, from: number, name: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  throw new UserError(
    `${name}: expected the end of pcbdata, got the end of the file`,
    'The page was cut off: make it again.',
  );
}
