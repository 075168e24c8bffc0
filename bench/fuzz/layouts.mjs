// A small layout of every format that is imported, to be damaged.

const csv = `Ref,Val,Package,PosX,PosY,Rot,Side
"C1","100n","C_0402_1005Metric",10.500000,-20.250000,90.000000,top
"U1","STM32F4","LQFP-64_10x10mm_P0.5mm",30.000000,-40.000000,0.000000,bottom
`;
const pos = `### Footprint positions ###
## Unit = mm, Angle = deg.
# Ref     Val          Package                     PosX       PosY       Rot  Side
C1        100n         C_0402_1005Metric        10.5000   -20.2500   90.0000  top
U1        STM32F4      LQFP-64_10x10mm_P0.5mm   30.0000   -40.0000    0.0000  bottom
## End
`;
const kicad = `(kicad_pcb (version 20240108) (generator "pcbnew")
  (layers (0 "F.Cu" signal) (31 "B.Cu" signal) (44 "Edge.Cuts" user))
  (title_block (title "Two parts"))
  (gr_line (start 100 100) (end 120 100) (layer "Edge.Cuts"))
  (gr_arc (start 120 100) (mid 125 110) (end 120 120) (layer "Edge.Cuts"))
  (gr_line (start 120 120) (end 100 120) (layer "Edge.Cuts"))
  (gr_line (start 100 120) (end 100 100) (layer "Edge.Cuts"))
  (footprint "Resistor_SMD:R_0603" (layer "F.Cu") (at 110 105 90)
    (property "Reference" "R7" (at 0 0) (layer "F.SilkS"))
    (property "Value" "10k" (at 0 0) (layer "F.Fab"))
    (attr smd)
    (fp_rect (start -2 -1) (end 2 1) (layer "F.Fab"))
    (fp_poly (pts (xy 0 0) (xy 1 0) (arc (start 1 0) (mid 2 1) (end 1 2))) (layer "F.CrtYd"))
    (pad "1" smd rect (at -1 0) (size 1 2) (layers "F.Cu" "F.Mask")))
  (module R_0805 (layer B.Cu) (at 105 115)
    (fp_text reference C3 (at 0 0) (layer B.SilkS)) (fp_text value 100n (at 0 0) (layer B.Fab))
    (fp_arc (start 0 0) (end 1 0) (angle 90) (layer B.Fab))
    (pad 1 smd rect (at -1 0) (size 1 2) (layers B.Cu B.Mask)))
)
`;
const ipc2581 = `<?xml version="1.0" encoding="UTF-8"?>
<IPC-2581 revision="C" xmlns="http://webstds.ipc.org/2581">
  <Content roleRef="Owner"><StepRef name="board"/>
    <DictionaryStandard units="MILLIMETER"><EntryStandard id="PAD"><RectCenter width="0.6" height="1"/></EntryStandard></DictionaryStandard>
  </Content>
  <Bom name="BOM"><BomItem OEMDesignNumberRef="R_10k" quantity="2">
    <RefDes name="R1" packageRef="R0603" populate="true" layerRef="F.Cu"/>
    <Characteristics category="ELECTRICAL"><Textual textualCharacteristicName="Value" textualCharacteristicValue="10k"/></Characteristics>
  </BomItem></Bom>
  <Ecad name="design"><CadHeader units="MILLIMETER"/><CadData>
    <Layer name="F.Cu" layerFunction="CONDUCTOR" side="TOP" polarity="POSITIVE"/>
    <Step name="board" type="BOARD">
      <Profile><Polygon><PolyBegin x="0" y="0"/><PolyStepSegment x="30" y="0"/>
        <PolyStepCurve x="30" y="20" centerX="30" centerY="10" clockwise="false"/><PolyStepSegment x="0" y="20"/></Polygon></Profile>
      <Package name="R0603" type="OTHER"><Outline><Polygon><PolyBegin x="-1" y="-0.5"/><PolyStepSegment x="2" y="-0.5"/>
        <PolyStepSegment x="2" y="0.5"/></Polygon></Outline><Pin number="1"><Xform rotation="90"/><Location x="9" y="9"/><StandardPrimitiveRef id="PAD"/></Pin></Package>
      <Component refDes="R1" packageRef="R0603" part="R_10k" layerRef="F.Cu" mountType="SMT"><Xform rotation="90" mirror="true"/><Location x="10" y="5"/></Component>
    </Step></CadData></Ecad>
</IPC-2581>
`;
const brd2 = `0
BRDOUT: 5 2000 1000
0 0
2000 0
2000 1000
0 1000
0 0

NETS: 2
1 GND
2 +3V3

PARTS: 2
R1 380 190 520 210 0 1
C1 300 700 340 720 2 2

PINS: 4
400 200 1 1
500 200 2 1
300 700 1 2
300 740 2 2

NAILS: 1
1 50 50 1 1
`;
const bvr1 = `BVRAW_FORMAT_1
<<Layout>>
X Y
0.000,0.000
2.000, 0.000
2.000 1.000
0.000,1.000
<<Pin>>
PART SIDE ID NAME X Y LAYER NET
R1\t(T)\t1\t1\t0.4\t0.2\t1\tGND
R1\t(T)\t2\t2\t0.5\t0.2\t1\t+3V3
C1 (B) 1 1 0.3 0.3 2 GND
<<Nail>>
TAG X Y TYPE GRID SIDE NETID NET
N1\t0.1 0.1 1 G (T) 3 GND
`;
const bvr3 = `BVRAW_FORMAT_3
PART_NAME R1
   PART_SIDE T
   PART_ORIGIN 450 200
   PIN_ID R1-1
      PIN_NUMBER 1
      PIN_ORIGIN -50 0
      PIN_RADIUS 20
   PIN_END
PART_END
PART_NAME U1
PART_SIDE B
PART_ORIGIN 1000 500
PART_OUTLINE_RELATIVE -100 -200 100 200
PIN_ORIGIN 0 0
PIN_END
PART_END
OUTLINE_POINTS 0 0 2000 0 2000 1000 0 1000 0 0
`;
const pcbdata = {
  edges_bbox: { minx: 0, miny: 0, maxx: 20, maxy: 10 },
  edges: [
    { type: 'segment', start: [0, 0], end: [20, 0], width: 0.1 },
    { type: 'arc', start: [10, 0], radius: 10, startangle: 0, endangle: 180, width: 0.1 },
    { type: 'circle', start: [10, 5], radius: 1, width: 0.1 },
  ],
  metadata: { title: 'demo', revision: '1', company: '', date: '' },
  footprints: [
    {
      ref: 'R1',
      center: [5, 5],
      bbox: { pos: [5, 5], angle: 90, size: [4, 2], relpos: [-2, -1] },
      pads: [],
      drawings: [],
      layer: 'F',
    },
    { ref: 'U1', center: [15, 5], bbox: { pos: [13, 4], size: [4, 2] }, pads: [], drawings: [], layer: 'B' },
  ],
  bom: { skipped: [1], fields: { 0: ['10k', 'R_0603'], 1: ['LM358', 'SO-8'] } },
  ibom_version: 'v2.9.0',
};
const page = (data) =>
  `<!DOCTYPE html>\n<html><script>\nvar config = {"a": 1}\nvar pcbdata = ${data}\n</script></html>`;
// lz-string's base64 of a small JSON text; damaged, it can stand for anything.
const packed = 'N4IgpgJgTghgxgawM4gFwEYAMmC0AmANgFZ8AOAFn0wBoQA3GAOwBcA7AYwHsBbMOgIyA=';
const coco = {
  images: [{ id: 7, file_name: 'photos/board.jpg', width: 640, height: 480 }],
  categories: [
    { id: 3, name: 'Resistor', supercategory: 'part' },
    { id: 5, name: 'IC' },
  ],
  annotations: [
    { id: 1, image_id: 7, category_id: 3, bbox: [10, 20, 8, 4], area: 32, iscrowd: 0, segmentation: [] },
    { id: 2, image_id: 7, category_id: 5, bbox: [100, 50.5, 30, 20], area: 600, iscrowd: 0 },
  ],
};
const yolo =
  '# size: 400 200\n# classes: ic, resistor\n1 0.5 0.25 0.5 0.25\n0 0.125 0.5 0.25 0.5\n1 0.75 0.75 0.25 0.125 0.93\n';

/** Seeds by kind; `json` ones can also be damaged value by value. */
export const LAYOUTS = {
  csv: [{ text: csv }, { text: pos }],
  kicad: [{ text: kicad }],
  ipc2581: [{ text: ipc2581 }],
  boardview: [{ text: brd2 }, { text: bvr1 }, { text: bvr3 }],
  ibom: [
    { json: JSON.stringify(pcbdata) },
    { text: page(JSON.stringify(pcbdata)) },
    { text: page(`JSON.parse(LZString.decompressFromBase64("${packed}"))`) },
  ],
  coco: [{ json: JSON.stringify(coco) }],
  yolo: [{ text: yolo }],
};
