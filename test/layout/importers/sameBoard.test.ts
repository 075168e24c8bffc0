import { describe, expect, it } from 'vitest';
import { boundingBox } from '../../../src/geometry/index.js';
import { importLayout } from '../../../src/layout/importers/index.js';
import { toSite } from '../../../src/layout/siteBoxes.js';

/** Four parts, two a side: places in mm as seen through the top, y down; rotation as seen from the part's own side. */
const PARTS = [
  { id: 'R1', label: 'resistor', side: 'top', x: 5, y: -15, rotation: 90, size: [1.6, 0.8], pack: 'R_0603' },
  { id: 'C1', label: 'capacitor', side: 'top', x: 15, y: -15, rotation: 30, size: [2, 1.25], pack: 'C_0805' },
  { id: 'R2', label: 'resistor', side: 'bottom', x: 5, y: -5, rotation: 0, size: [1.6, 0.8], pack: 'R_0603' },
  { id: 'D1', label: 'diode', side: 'bottom', x: 15, y: -5, rotation: 30, size: [3.7, 1.6], pack: 'SOD-123' },
] as const;
type Part = (typeof PARTS)[number];
/** KiCad turns its mirrored drawing of a bottom part as seen through the top. */
const throughTop = ({ side, rotation }: Part) => (side === 'top' ? rotation : 180 - rotation);
const rows = (row: (part: Part) => string) => PARTS.map(row).join('\n');
const layer = ({ side }: Part) => (side === 'top' ? 'F' : 'B');
const mils = (mm: number) => mm / 0.0254;

const WITH_ROTATION: Record<string, string> = {
  KiCad: `(kicad_pcb (layers (0 "F.Cu" signal) (31 "B.Cu" signal))
${rows((part) => {
  const [w, h] = part.size.map((side) => side / 2) as [number, number];
  return `(footprint "lib:${part.pack}" (layer "${layer(part)}.Cu") (at ${part.x} ${part.y} ${throughTop(part)})
  (fp_text reference "${part.id}") (fp_rect (start ${-w} ${-h}) (end ${w} ${h}) (layer "${layer(part)}.Fab"))
  ${[-w, w].map((x) => `(pad "1" smd rect (at ${x} 0 ${throughTop(part)}) (size 0.5 ${h}) (layers "${layer(part)}.Cu"))`).join(' ')})`;
})})`,
  'KiCad placement file': `Ref,Val,Package,PosX,PosY,Rot,Side\n${rows((part) => [part.id, '', part.pack, part.x, -part.y, throughTop(part), part.side].join(','))}\n`,
  'placement file': `Designator,Package,Mid X (mm),Mid Y (mm),Rotation,Layer\n${rows(({ id, pack, x, y, rotation, side }) => [id, pack, x, -y, rotation, side].join(','))}\n`,
  InteractiveHtmlBom: JSON.stringify({
    edges_bbox: {},
    edges: [],
    footprints: PARTS.map((part) => ({
      ref: part.id,
      layer: layer(part),
      bbox: {
        pos: [part.x, part.y],
        angle: throughTop(part),
        size: part.size,
        relpos: part.size.map((side) => -side / 2),
      },
      pads: [{}, {}],
    })),
    bom: { fields: Object.fromEntries(PARTS.map(({ pack }, k) => [k, ['', pack]])) },
  }),
  'IPC-2581': `<IPC-2581 revision="C"><Ecad><CadHeader units="MILLIMETER"/><CadData>
<Layer name="F.Cu" side="TOP"/><Layer name="B.Cu" side="BOTTOM"/><Step name="a">
${rows(({ id, size: [w, h] }) => `<Package name="of-${id}"><Outline><Polygon><PolyBegin x="${-w / 2}" y="${-h / 2}"/><PolyStepSegment x="${w / 2}" y="${-h / 2}"/><PolyStepSegment x="${w / 2}" y="${h / 2}"/><PolyStepSegment x="${-w / 2}" y="${h / 2}"/></Polygon></Outline></Package>`)}
${rows((part) => `<Component refDes="${part.id}" packageRef="of-${part.id}" layerRef="${layer(part)}.Cu"><Xform rotation="${part.rotation}" mirror="${part.side === 'bottom'}"/><Location x="${part.x}" y="${-part.y}"/></Component>`)}
</Step></CadData></Ecad></IPC-2581>`,
};

/** Two pins, a millimetre either side of the middle. */
const pins = ({ x, y }: Part) => [x - 1, x + 1].map((at) => [at, -y] as const);
const HEIGHT = 20;
const WITHOUT_ROTATION: Record<string, string> = {
  // The bottom counts down from the top edge.
  BRD2: `BRDOUT: 4 ${mils(20)} ${mils(HEIGHT)}\n0 0\n${mils(20)} 0\n${mils(20)} ${mils(HEIGHT)}\n0 ${mils(HEIGHT)}\n
NETS: 0\n\nPARTS: 4\n${rows(({ id, side }) => `${id} 0 0 1 1 ${2 * PARTS.findIndex((part) => part.id === id)} ${side === 'top' ? 1 : 2}`)}\n
PINS: 8\n${rows((part) =>
    pins(part)
      .map(
        ([x, y]) =>
          `${mils(x)} ${mils(part.side === 'top' ? y : HEIGHT - y)} 1 ${part.side === 'top' ? 1 : 2}`,
      )
      .join('\n'),
  )}\n`,
  'BVR 1': `BVRAW_FORMAT_1\n<<Pin>>\nPART SIDE ID NAME X Y LAYER NET\n${rows((part) =>
    pins(part)
      .map(
        ([x, y]) =>
          `${part.id}\t(${part.side === 'top' ? 'T' : 'B'})\t1\t1\t${x / 25.4}\t${y / 25.4}\t1\tGND`,
      )
      .join('\n'),
  )}\n`,
  'BVR 3': `BVRAW_FORMAT_3\n${rows(
    (part) =>
      `PART_NAME ${part.id}\nPART_SIDE ${part.side === 'top' ? 'T' : 'B'}\nPART_ORIGIN ${mils(part.x)} ${mils(-part.y)}\n${pins(
        part,
      )
        .map(([x, y]) => `PIN_ID 1\nPIN_ORIGIN ${mils(x)} ${mils(y)}\nPIN_RADIUS 5\nPIN_END`)
        .join('\n')}\nPART_END`,
  )}\n`,
};
const read = (text: string) => importLayout({ name: 'board', bytes: Buffer.from(text) }).sites;

describe('one board told by every format', () => {
  it.each(Object.entries({ ...WITH_ROTATION, ...WITHOUT_ROTATION }))('%s: the same parts', (_, text) => {
    const sites = read(text);
    expect(sites.map(({ id, label, side, expected }) => ({ id, label, side, expected }))).toEqual(
      PARTS.map(({ id, label, side }) => ({ id, label, side, expected: 'fitted' })),
    );
    for (const [k, { at }] of sites.entries()) {
      expect(at[0]).toBeCloseTo(PARTS[k]!.x, 4);
      expect(at[1]).toBeCloseTo(PARTS[k]!.y, 4);
    }
  });

  it.each(Object.entries(WITH_ROTATION))('%s: turned alike, of one size', (_, text) => {
    const first = read(WITH_ROTATION['KiCad']!);
    for (const [k, { rotation, body }] of read(text).entries()) {
      expect(rotation).toBeCloseTo(PARTS[k]!.rotation, 6);
      const [box, own] = [boundingBox(body!), boundingBox(first[k]!.body!)];
      for (const key of ['x', 'y', 'width', 'height'] as const) expect(box[key]).toBeCloseTo(own[key], 4);
    }
  });

  it('shows a bottom part in a photo taken from below as it is turned there', () => {
    // 20 px a millimetre, mirrored: the photo looks at the bottom.
    const frame = [-20, 0, 400, 0, 20, 400, 0, 0, 1] as const;
    for (const text of Object.values(WITH_ROTATION)) {
      const [r2, d1] = read(text)
        .slice(2)
        .map((site) => toSite(site, [...frame]));
      expect([r2!.rotation, d1!.rotation]).toEqual([0, 30]);
    }
  });

  it('says that boardviews know no rotation', () => {
    for (const text of Object.values(WITHOUT_ROTATION))
      expect(read(text).map(({ rotation }) => rotation)).toEqual([null, null, null, null]);
  });
});
