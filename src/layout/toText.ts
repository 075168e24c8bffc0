import type { ReferenceFile } from './schema.js';

/** Keys in the order in which they are written, whatever order they came in. */
const ORDER = {
  file: [
    'schemaVersion',
    'name',
    'tool',
    'source',
    'frame',
    'golden',
    'variation',
    'outline',
    'variants',
    'regions',
    'tolerances',
    'sites',
  ],
  source: ['kind', 'file', 'side', 'lacks'],
  tool: ['name', 'version'],
  frame: ['width', 'height', 'mmPerPixel'],
  golden: ['file', 'sha256', 'originalName'],
  variation: ['file', 'sha256'],
  outline: ['found', 'polygon'],
  regions: ['id', 'rule', 'note', 'polygon'],
  tolerances: ['id', 'kind', 'site', 'box', 'reason', 'by', 'accepted', 'expires'],
  sites: ['id', 'label', 'expected', 'box', 'rotation', 'part', 'risk', 'variants', 'score'],
  box: ['x', 'y', 'width', 'height'],
} as const;

/** Lists with an item a line. */
const LISTS: readonly string[] = ['golden', 'regions', 'tolerances', 'sites'];

/**
 * A reference as the text of `reference.json`: keys in a fixed order, one golden photo, region and site a line, so that
 * a change of one site is a change of one line.
 */
export function toText(description: ReferenceFile): string {
  const lines = ORDER.file.flatMap((key) => {
    const value = description[key];
    if (value === undefined) return [];
    if (!LISTS.includes(key)) return `  ${JSON.stringify(key)}: ${line(value, key)}`;
    const rows = (value as unknown[]).map((row) => `    ${line(row, key)}`);
    return `  ${JSON.stringify(key)}: ${rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n  ]`}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** JSON on one line with a blank after commas and colons, keys in order. */
function line(value: unknown, key: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => line(item, key)).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const known: readonly string[] = key in ORDER ? ORDER[key as keyof typeof ORDER] : [];
  const keys = Object.keys(value).filter((name) => (value as Record<string, unknown>)[name] !== undefined);
  keys.sort((a, b) => rank(known, a) - rank(known, b) || (a < b ? -1 : 1));
  const fields = keys.map(
    (name) => `${JSON.stringify(name)}: ${line((value as Record<string, unknown>)[name], name)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function rank(known: readonly string[], name: string): number {
  const at = known.indexOf(name);
  return at < 0 ? known.length : at;
}
