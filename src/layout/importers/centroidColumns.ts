/** What a column of a placement file can hold. */
export type CentroidColumn =
  | 'designator'
  | 'x'
  | 'y'
  | 'rotation'
  | 'side'
  | 'value'
  | 'package'
  | 'notFitted'
  | 'fitted'
  | 'class'
  | 'expected';

/** A head: which column holds what, and the unit that it names. */
export interface CentroidHead {
  columns: Partial<Record<CentroidColumn, number>>;
  unit: string | null;
  /** Whether rotations on the bottom are counted as seen through the top: KiCad's own files do, and name columns PosX, PosY. */
  throughTop: boolean;
}

/** Names of columns without unit, blanks and punctuation, the better one first: the middle of a part before its pin 1. */
const NAMES: Record<CentroidColumn, readonly string[]> = {
  designator: [
    'designator',
    'refdes',
    'ref',
    'reference',
    'referencedesignator',
    'refdesignator',
    'componentreference',
    'partreference',
    'designators',
    'component',
    'id',
    'name',
    'part',
  ],
  x: [
    'midx',
    'centerx',
    'centrex',
    'centroidx',
    'posx',
    'xpos',
    'xposition',
    'positionx',
    'x',
    'xcoord',
    'xcoordinate',
    'locationx',
    'xlocation',
    'xcenter',
    'placex',
    'symx',
    'refx',
    'padx',
  ],
  y: [
    'midy',
    'centery',
    'centrey',
    'centroidy',
    'posy',
    'ypos',
    'yposition',
    'positiony',
    'y',
    'ycoord',
    'ycoordinate',
    'locationy',
    'ylocation',
    'ycenter',
    'placey',
    'symy',
    'refy',
    'pady',
  ],
  rotation: ['rotation', 'rot', 'angle', 'orientation', 'rotationdeg', 'theta'],
  side: ['side', 'layer', 'tb', 'boardside', 'mountside', 'placementside', 'topbottom', 'face'],
  value: ['value', 'val', 'comment', 'partnumber', 'mpn', 'device', 'description', 'partname'],
  package: ['package', 'footprint', 'pattern', 'pkg', 'case', 'packagename', 'footprintname'],
  notFitted: ['dnp', 'dnf', 'dni', 'donotpopulate', 'donotplace', 'donotfit'],
  // What boardiff's own export adds.
  class: ['class'],
  expected: ['expected'],
  fitted: ['fitted', 'populate', 'populated', 'mount', 'mounted', 'smdmount'],
};

/** Units as heads, cells and preambles write them, in millimetres. */
export const UNITS: Record<string, number> = {
  mm: 1,
  millimeter: 1,
  millimeters: 1,
  millimetre: 1,
  millimetres: 1,
  metric: 1,
  cm: 10,
  um: 0.001,
  mil: 0.0254,
  mils: 0.0254,
  thou: 0.0254,
  in: 25.4,
  inch: 25.4,
  inches: 25.4,
  '"': 25.4,
};

/**
 * Reads a row as the head of a placement file.
 * @returns null when it names no designator, x and y
 */
export function centroidHead(cells: readonly string[]): CentroidHead | null {
  const names = cells.map((cell) => {
    const text = cell.replace(/^[#\s]+/, '').toLowerCase();
    const unit = /[([]\s*([a-z"]+)\s*[)\]]/.exec(text)?.[1] ?? /[_ ](mm|mils?|inch)$/.exec(text)?.[1];
    const bare = text.replace(/[([].*?[)\]]/g, '').replace(/[_ ](mm|mils?|inch)$/, '');
    return { name: bare.replace(/[^a-z]/g, ''), unit: unit && unit in UNITS ? unit : null };
  });
  const columns: CentroidHead['columns'] = {};
  for (const column of Object.keys(NAMES) as CentroidColumn[]) {
    for (const name of NAMES[column]) {
      const at = names.findIndex((one) => one.name === name);
      if (at < 0) continue;
      columns[column] = at;
      break;
    }
  }
  if (columns.designator === undefined || columns.x === undefined || columns.y === undefined) return null;
  const throughTop = names[columns.x]!.name === 'posx' && names[columns.y]!.name === 'posy';
  return { columns, unit: names[columns.x]!.unit, throughTop };
}
