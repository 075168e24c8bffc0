import { describe, expect, it } from 'vitest';
import { isBoardFeature } from '../../../src/layout/importers/boardFeature.js';
import { importLayout } from '../../../src/layout/importers/index.js';

describe('parts of the board', () => {
  it.each([
    ['FID1', '', 1, true],
    ['FID1', '', 2, true],
    ['TP_VCC', '', 1, true],
    // A loop of wire to hook a probe to.
    ['TP4', '', 2, false],
    ['H1', '', 1, true],
    ['H1', '', 8, false],
    ['MH1', '', 9, true],
    ['SJ2', '', 2, true],
    ['LOGO1', '', null, true],
    ['R1', '', 1, false],
    ['TPS1', '', 1, false],
    ['', '', null, false],
    // The name of the footprint knows better.
    ['H1', 'Connector_PinHeader_2.54mm:PinHeader_1x01', 1, false],
    ['J1', 'TestPoint:TestPoint_Pad_D1.5mm', 1, true],
    ['JP1', 'Jumper:SolderJumper-2_P1.3mm_Open', 2, true],
    ['REF**', 'MountingHole:MountingHole_3.2mm_M3', 1, true],
    ['U1', 'anything', 0, true],
  ] as const)('%s of "%s" with %s pads: %s', (reference, footprint, pads, is) => {
    expect(isBoardFeature({ reference, footprint, pads })).toBe(is);
  });
});

/** R1 of two pads, and what no one fits: FID1, TP1, H1, LOGO1, SJ1. */
const BARE = ['FID1', 'TP1', 'H1', 'LOGO1', 'SJ1'];
const ALL = ['R1', ...BARE];
const pads = (name: string) => (name === 'R1' || name === 'SJ1' ? 2 : 1);
const pins = (name: string, pin: (k: number) => string) =>
  Array.from({ length: pads(name) }, (_, k) => pin(k)).join('');
const FORMATS: Record<string, string> = {
  kicad: `(kicad_pcb ${ALL.map((name) => `(footprint "lib:x" (layer "F.Cu") (at 5 5) (fp_text reference "${name}") ${pins(name, (k) => `(pad "${k}" smd rect (at ${k} 0) (size 0.5 0.5) (layers "F.Cu"))`)})`).join('\n')})`,
  centroid: `Designator,Mid X,Mid Y,Layer\n${ALL.map((name) => `${name},1mm,2mm,T\n`).join('')}`,
  ibom: JSON.stringify({
    edges_bbox: {},
    edges: [],
    footprints: ALL.map((ref) => ({
      ref,
      layer: 'F',
      bbox: { pos: [5, 5], size: [1, 1] },
      pads: Array.from({ length: pads(ref) }, () => ({})),
    })),
  }),
  'ipc-2581': `<IPC-2581 revision="C"><Ecad><CadHeader units="MILLIMETER"/><CadData><Step name="a">${ALL.map((name) => `<Package name="of-${name}">${pins(name, (k) => `<Pin number="${k}"><Location x="${k}" y="0"/><Circle diameter="0.5"/></Pin>`)}</Package><Component refDes="${name}" packageRef="of-${name}" layerRef="top"><Location x="5" y="5"/></Component>`).join('')}</Step></CadData></Ecad></IPC-2581>`,
  brd2: `BRDOUT: 3 900 900\n0 0\n900 0\n900 900\n\nNETS: 0\n\nPARTS: 6\n${ALL.map((name, k) => `${name} 0 0 9 9 ${ALL.slice(0, k).reduce((sum, one) => sum + pads(one), 0)} 1\n`).join('')}\nPINS: 8\n${ALL.map((name) => pins(name, (k) => `${50 * k} 5 0 1\n`)).join('')}`,
  bvr: `BVRAW_FORMAT_3\n${ALL.map((name) => `PART_NAME ${name}\nPART_SIDE T\nPART_ORIGIN 5 5\n${pins(name, (k) => `PIN_ID ${k}\nPIN_ORIGIN ${50 * k} 0\nPIN_END\n`)}PART_END\n`).join('')}`,
};
const BVR1 = `BVRAW_FORMAT_1\n<<Pin>>\nPART SIDE ID NAME X Y LAYER NET\n${ALL.map((name) => pins(name, (k) => `${name}\t(T)\t${k}\t${k}\t0.${k}\t0.2\t1\tGND\n`)).join('')}`;

describe('what no one fits is no site', () => {
  it.each([...Object.entries(FORMATS), ['bvr', BVR1]])('%s', (kind, text) => {
    const layout = importLayout({ name: 'board', bytes: Buffer.from(text) });
    expect(layout.kind).toBe(kind);
    expect(layout.sites.map(({ id, expected }) => [id, expected])).toEqual([['R1', 'fitted']]);
    expect(layout.remarks.join(' ')).toContain(`${BARE.length} `);
  });
});
