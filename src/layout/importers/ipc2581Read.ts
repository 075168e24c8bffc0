import { UserError } from '../../errors.js';
import type { Point } from '../../geometry/index.js';
import { MAX_SITES } from '../schema.js';
import { arcPoints } from './arcPoints.js';
import { coordinate } from './coordinate.js';
import { Extent } from './extent.js';
import type { ImporterInput } from './imported.js';
import type { BomEntry, Ipc2581Component, Ipc2581File, Ipc2581Step } from './ipc2581Model.js';
import { readXml } from './readXml.js';

type Attributes = Readonly<Record<string, string>>;

/** Millimetres to the units that IPC-2581 knows. */
const UNITS: Readonly<Record<string, number>> = { MILLIMETER: 1, INCH: 25.4, MICRON: 0.001 };
/** Properties that people give to parts that are not fitted. */
const NOT_FITTED =
  /^(dn[pifc]|no[ _-]?(pop|stuff|fit)|do[ _-]?not[ _-]?(populate|fit|install|place|stuff))$/i;
const NO = /^(|0|no?|false|fitted|populated?)$/i;

const MAX_CORNERS = 10_000;
const MAX_NAMES = 200_000;

/**
 * Reads what a layout needs out of IPC-2581, revisions A to C: units, layers' sides, steps with profile, packages and
 * components, and the bill of materials. Lengths are brought to millimetres.
 * @throws UserError naming the line of what is wrong
 */
export function ipc2581Read(input: ImporterInput): Ipc2581File {
  const file: Ipc2581File = { layers: new Map(), steps: [], bom: new Map() };
  const shapes = new Map<string, Point>();
  let unit: number | null = null;
  let dictionaryUnit = 1;
  let entry = '';
  let step: Ipc2581Step | null = null;
  let pack: { name: string; outline: Extent; pins: Extent; pads: number } | null = null;
  let pin: { at: Point | null; half: Point; turned: number } | null = null;
  let component: Ipc2581Component | null = null;
  let item: BomEntry & { refs: [string, boolean | null][]; notFitted: boolean } = emptyItem(null);
  let last: Point = [0, 0];
  let components = 0;

  readXml(input, {
    open(path, attributes, line) {
      const where = `${input.name}: line ${line}`;
      const name = path.at(-1)!;
      const parent = path.at(-2);
      const length = (key: string, of = unit): number => {
        if (of === null)
          throw new UserError(`${where}: expected units in a CadHeader before places, got none`);
        return coordinate(attributes[key], `${name} ${key}`, where) * of;
      };
      const point = (x = 'x', y = 'y'): Point => [length(x), length(y)];
      const room = (size: number, most: number, what: string) => {
        if (size >= most) throw new UserError(`${where}: expected at most ${most} ${what}, got more`);
      };
      if (path.length === 1 && name !== 'IPC-2581') {
        throw new UserError(`${where}: expected an IPC-2581 element, got ${name}`);
      }
      switch (name) {
        case 'CadHeader':
          unit = unitOf(attributes, where);
          return;
        case 'DictionaryStandard':
        case 'DictionaryUser':
          dictionaryUnit = unitOf(attributes, where);
          return;
        case 'EntryStandard':
        case 'EntryUser':
          entry = attributes['id'] ?? '';
          return;
        case 'Layer':
          room(file.layers.size, MAX_NAMES, 'layers');
          if (parent === 'CadData') file.layers.set(attributes['name'] ?? '', layerSide(attributes));
          return;
        case 'Step':
          room(file.steps.length, 1000, 'steps');
          step = { name: attributes['name'] ?? '', profile: [], packages: new Map(), components: [] };
          return;
        case 'Package':
          if (parent !== 'Step') return;
          room(step!.packages.size, MAX_SITES, 'packages');
          pack = { name: attributes['name'] ?? '', outline: new Extent(), pins: new Extent(), pads: 0 };
          return;
        case 'Pin':
          if (parent === 'Package') pin = { at: null, half: [0, 0], turned: 0 };
          return;
        case 'Component':
          if (parent !== 'Step') return;
          room(components++, MAX_SITES, 'components');
          component = newComponent(attributes, where);
          return;
        case 'Location':
          if (parent === 'Component' && component) component.location = point();
          if (parent === 'Pin' && pin) pin.at = point();
          return;
        case 'Xform': {
          const number = (key: string, otherwise: number) =>
            attributes[key] === undefined ? otherwise : coordinate(attributes[key], `Xform ${key}`, where);
          if (parent === 'Pin' && pin) pin.turned = number('rotation', 0);
          if (parent !== 'Component' || !component) return;
          component.rotation = number('rotation', 0);
          component.scale = number('scale', 1);
          component.mirror = /^(true|1)$/i.test(attributes['mirror'] ?? '');
          component.offset = [number('xOffset', 0) * (unit ?? 1), number('yOffset', 0) * (unit ?? 1)];
          return;
        }
        case 'NonstandardAttribute':
          if (parent === 'Component' && component && says(attributes['name'], attributes['value'])) {
            component.notFitted = true;
          }
          return;
        case 'PolyBegin':
        case 'PolyStepSegment':
        case 'PolyStepCurve': {
          if (parent !== 'Polygon' || (path.at(-3) !== 'Profile' && path.at(-3) !== 'Outline')) return;
          const to = point();
          const clockwise = /^(true|1)$/i.test(attributes['clockwise'] ?? '');
          const corners =
            name === 'PolyStepCurve' ? arcPoints(last, to, point('centerX', 'centerY'), clockwise) : [to];
          last = to;
          if (path.at(-3) === 'Profile' && path.at(-4) === 'Step') {
            if (name === 'PolyBegin') step!.profile = [];
            room(step!.profile.length + corners.length - 1, MAX_CORNERS, 'corners of a profile');
            step!.profile.push(...corners);
          }
          if (path.at(-3) === 'Outline' && path.at(-4) === 'Package')
            for (const at of corners) pack?.outline.add(at);
          return;
        }
        case 'BomItem':
          item = emptyItem(attributes['OEMDesignNumberRef'] ?? null);
          return;
        case 'RefDes':
          if (!path.includes('BomItem')) return;
          room(file.bom.size + item.refs.length, MAX_NAMES, 'designators');
          item.refs.push([attributes['name'] ?? '', populated(attributes['populate'])]);
          return;
        case 'Textual': {
          const key = attributes['textualCharacteristicName'];
          const value = attributes['textualCharacteristicValue'];
          if (says(key, value)) item.notFitted = true;
          if (key?.toLowerCase() === 'value' && value) item.part = value;
          return;
        }
        case 'StandardPrimitiveRef':
        case 'UserPrimitiveRef':
          if (parent === 'Pin' && pin) pin.half = shapes.get(attributes['id'] ?? '') ?? [0, 0];
          return;
        default: {
          const isEntry = parent === 'EntryStandard' || parent === 'EntryUser';
          if (!isEntry && !(parent === 'Pin' && pin)) return;
          const half = halfSize(attributes, (key) => length(key, isEntry ? dictionaryUnit : unit));
          if (!half) return;
          if (!isEntry) pin!.half = half;
          else {
            room(shapes.size, MAX_NAMES, 'shapes');
            shapes.set(entry, half);
          }
        }
      }
    },
    close(path) {
      const name = path.at(-1);
      if (name === 'Pin' && pin && path.at(-2) === 'Package') {
        if (pin.at) pack?.pins.add(pin.at, ...turned(pin.half, pin.turned));
        if (pack) pack.pads++;
        pin = null;
      } else if (name === 'Package' && pack) {
        step?.packages.set(pack.name, { outline: pack.outline.box, pins: pack.pins.box, pads: pack.pads });
        pack = null;
      } else if (name === 'Component' && component) {
        step?.components.push(component);
        component = null;
      } else if (name === 'Step' && step) {
        file.steps.push(step);
        step = null;
      } else if (name === 'BomItem') {
        const { refs, notFitted, part } = item;
        for (const [ref, populate] of refs)
          file.bom.set(ref, { populate: notFitted ? false : populate, part });
        item = emptyItem(null);
      }
    },
  });
  return file;
}

function unitOf(attributes: Attributes, where: string): number {
  const unit = UNITS[attributes['units']?.toUpperCase() ?? ''];
  if (unit === undefined) {
    throw new UserError(
      `${where}: expected units MILLIMETER, INCH or MICRON, got ${attributes['units']?.slice(0, 40) ?? 'none'}`,
    );
  }
  return unit;
}

function layerSide(attributes: Attributes): 'top' | 'bottom' | null {
  const words = `${attributes['side'] ?? ''} ${attributes['layerFunction'] ?? ''}`.toUpperCase();
  if (/\bTOP\b|_TOP\b/.test(words)) return 'top';
  return /\bBOTTOM\b|_BOTTOM\b/.test(words) ? 'bottom' : null;
}

function newComponent(attributes: Attributes, where: string): Ipc2581Component {
  return {
    refDes: attributes['refDes'] ?? '',
    packageRef: attributes['packageRef'] ?? '',
    part: attributes['part'] ?? '',
    layerRef: attributes['layerRef'] ?? '',
    scale: 1,
    offset: [0, 0],
    rotation: 0,
    mirror: false,
    location: null,
    notFitted: false,
    where,
  };
}

function emptyItem(part: string | null) {
  return { populate: null, part, refs: [] as [string, boolean | null][], notFitted: false };
}

function populated(word: string | undefined): boolean | null {
  return word === undefined ? null : !/^(false|0)$/i.test(word);
}

/** Whether a property is one for parts that are not fitted, and is not denied by its value. */
function says(name: string | undefined, value: string | undefined): boolean {
  return NOT_FITTED.test(name?.trim() ?? '') && !NO.test(value?.trim() ?? 'true');
}

/** Half of a shape's width and height, null where its attributes give neither these nor a diameter. */
function halfSize(attributes: Attributes, length: (key: string) => number): Point | null {
  if (attributes['diameter'] !== undefined) return [length('diameter') / 2, length('diameter') / 2];
  if (attributes['width'] === undefined || attributes['height'] === undefined) return null;
  return [length('width') / 2, length('height') / 2];
}

/** Half of the upright box around a turned shape. */
function turned([halfWidth, halfHeight]: Point, degrees: number): [number, number] {
  const cos = Math.abs(Math.cos((degrees * Math.PI) / 180));
  const sin = Math.abs(Math.sin((degrees * Math.PI) / 180));
  return [halfWidth * cos + halfHeight * sin, halfWidth * sin + halfHeight * cos];
}
