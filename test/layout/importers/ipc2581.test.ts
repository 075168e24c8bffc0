import { describe, expect, it } from 'vitest';
import { ipc2581, looksLikeIpc2581 } from '../../../src/layout/importers/ipc2581.js';
import { fileOf } from '../exporters/reference.js';

/** A board of 40 × 20 with a round end, packages by outline and by pins, both sides, and parts that are not fitted. */
const BOARD = `<?xml version="1.0" encoding="UTF-8"?>
<IPC-2581 revision="C" xmlns="http://webstds.ipc.org/2581">
  <Content roleRef="Owner"><StepRef name="board"/>
    <DictionaryStandard units="MILLIMETER">
      <EntryStandard id="PAD"><RectCenter width="0.6" height="1"/></EntryStandard>
    </DictionaryStandard>
  </Content>
  <Bom name="BOM">
    <BomItem OEMDesignNumberRef="R_10k" quantity="2">
      <RefDes name="R1" packageRef="R0603" populate="true" layerRef="F.Cu"/>
      <RefDes name="R2" packageRef="R0603" populate="false" layerRef="B.Cu"/>
      <Characteristics category="ELECTRICAL">
        <Textual textualCharacteristicName="Value" textualCharacteristicValue="10k"/>
      </Characteristics>
    </BomItem>
    <BomItem OEMDesignNumberRef="U_4711" quantity="1">
      <RefDes name="U1" packageRef="QFN" populate="true" layerRef="F.Cu"/>
      <Characteristics category="ELECTRICAL">
        <Textual textualCharacteristicName="DNP" textualCharacteristicValue="true"/>
      </Characteristics>
    </BomItem>
  </Bom>
  <Ecad name="design">
    <CadHeader units="MILLIMETER"/>
    <CadData>
      <Layer name="F.Cu" layerFunction="CONDUCTOR" side="TOP" polarity="POSITIVE"/>
      <Layer name="B.Cu" layerFunction="CONDUCTOR" side="BOTTOM" polarity="POSITIVE"/>
      <Step name="board" type="BOARD">
        <Profile>
          <Polygon>
            <PolyBegin x="0" y="0"/>
            <PolyStepSegment x="30" y="0"/>
            <PolyStepCurve x="30" y="20" centerX="30" centerY="10" clockwise="false"/>
            <PolyStepSegment x="0" y="20"/>
            <PolyStepSegment x="0" y="0"/>
          </Polygon>
          <Cutout><PolyBegin x="5" y="5"/><PolyStepSegment x="6" y="5"/><PolyStepSegment x="6" y="6"/></Cutout>
        </Profile>
        <Package name="R0603" type="OTHER">
          <Outline><Polygon>
            <PolyBegin x="-1" y="-0.5"/><PolyStepSegment x="2" y="-0.5"/>
            <PolyStepSegment x="2" y="0.5"/><PolyStepSegment x="-1" y="0.5"/>
          </Polygon></Outline>
          <Pin number="1"><Location x="9" y="9"/><Circle diameter="5"/></Pin>
        </Package>
        <Package name="QFN" type="OTHER">
          <Pin number="1"><Location x="-2" y="0"/><StandardPrimitiveRef id="PAD"/></Pin>
          <Pin number="2"><Xform rotation="90"/><Location x="2" y="0"/><StandardPrimitiveRef id="PAD"/></Pin>
        </Package>
        <Component refDes="R1" packageRef="R0603" part="R_10k" layerRef="F.Cu" mountType="SMT">
          <Xform rotation="90"/><Location x="10" y="5"/>
        </Component>
        <Component refDes="R2" packageRef="R0603" part="R_10k" layerRef="B.Cu" mountType="SMT">
          <Xform rotation="90" mirror="true"/><Location x="20" y="5"/>
        </Component>
        <Component refDes="U1" packageRef="QFN" part="U_4711" layerRef="F.Cu" mountType="SMT">
          <Location x="15" y="12"/>
        </Component>
        <Component refDes="J9" packageRef="NONE" part="J" layerRef="F.Cu" mountType="OTHER">
          <NonstandardAttribute name="DNP" value="false" type="STRING"/>
          <Location x="1" y="1"/>
        </Component>
      </Step>
    </CadData>
  </Ecad>
</IPC-2581>`;
const layoutOf = (text: string) => ipc2581(fileOf('board.xml', text));

describe('IPC-2581', () => {
  it('tells its own files, also in UTF-16', () => {
    expect(looksLikeIpc2581(fileOf('a.xml', BOARD))).toBe(true);
    expect(looksLikeIpc2581({ name: 'a.xml', bytes: Buffer.from(`\ufeff${BOARD}`, 'utf16le') })).toBe(true);
    expect(looksLikeIpc2581(fileOf('a.xml', '<eagle version="9"/>'))).toBe(false);
  });

  it('reads the profile, arcs as corners at every 6°', () => {
    const { unit, outline, name, kind } = layoutOf(BOARD);
    expect([kind, name, unit]).toEqual(['ipc-2581', 'board', 'mm']);
    // Two corners, 30 of half a circle, two more.
    expect(outline).toHaveLength(34);
    expect(outline!.slice(0, 2)).toEqual([
      [0, 0],
      [30, 0],
    ]);
    expect(outline![16]).toEqual([40, -10]);
    expect(outline!.slice(31)).toEqual([
      [30, -20],
      [0, -20],
      [0, 0],
    ]);
  });

  it('turns a package, and mirrors it after that', () => {
    const [r1, r2] = layoutOf(BOARD).sites;
    // -1…2 × -0.5…0.5 turned by 90° is -0.5…0.5 × -1…2, around 10, 5.
    expect(r1).toMatchObject({
      id: 'R1',
      side: 'top',
      rotation: 90,
      expected: 'fitted',
      part: '10k',
      at: [10, -5.5],
    });
    expect(r1!.body).toEqual([
      [10.5, -4],
      [10.5, -7],
      [9.5, -7],
      [9.5, -4],
    ]);
    expect(r2).toMatchObject({ id: 'R2', side: 'bottom', rotation: 90, expected: 'empty', at: [20, -5.5] });
    expect(r2!.body).toEqual([
      [19.5, -4],
      [19.5, -7],
      [20.5, -7],
      [20.5, -4],
    ]);
  });

  it('takes pins with their pads where a package has no outline', () => {
    const u1 = layoutOf(BOARD).sites[2]!;
    // Pads of 0.6 × 1, the right one turned: -2.3…2.5 × -0.5…0.5, around 15, 12.
    expect(u1).toMatchObject({ id: 'U1', expected: 'empty', part: 'U_4711', at: [15.1, -12] });
    expect(u1.body![0]).toEqual([12.7, -11.5]);
    expect(u1.body![2]).toEqual([17.5, -12.5]);
  });

  it('says what it lacks', () => {
    const layout = layoutOf(BOARD);
    expect(layout.sites[3]).toMatchObject({ id: 'J9', body: null, at: [1, -1], expected: 'optional' });
    expect(layout.lacks).toContain('body-size');
    expect(layout.lacks).not.toContain('do-not-populate');
    expect(layout.remarks).toEqual([
      '1 parts have a package without outline and pins: their size is unknown.',
      '1 parts are not in the bill of materials and may be fitted or not.',
    ]);
    const bare = layoutOf(
      BOARD.replace(/<Bom [\s\S]*<\/Bom>/, '').replace(/<Profile>[\s\S]*<\/Profile>/, ''),
    );
    expect(bare.outline).toBe(null);
    expect(bare.lacks).toEqual(expect.arrayContaining(['outline', 'do-not-populate']));
    expect(bare.sites.map(({ expected, part }) => [expected, part])).toEqual([
      ['fitted', 'R_10k'],
      ['fitted', 'R_10k'],
      ['fitted', 'U_4711'],
      ['fitted', 'J'],
    ]);
  });

  it.each([
    ['INCH', 254, 152.4],
    ['MICRON', 0.01, 0.006],
  ])('reads %s', (unit, x, y) => {
    const r1 = layoutOf(
      BOARD.replace('CadHeader units="MILLIMETER"', `CadHeader units="${unit}"`).replace(
        '<Location x="10" y="5"/>',
        '<Location x="10" y="5.5"/>',
      ),
    ).sites[0]!;
    expect(r1.at[0]).toBeCloseTo(x, 9);
    expect(r1.at[1]).toBeCloseTo(-y, 9);
  });

  it('takes the step with the most components, and numbers equal designators', () => {
    const panel =
      '<Step name="panel"><Component refDes="P1" layerRef="F.Cu"><Location x="0" y="0"/></Component></Step>';
    const layout = layoutOf(
      BOARD.replace('<Step name="board"', `${panel}<Step name="board"`).replace('refDes="R2"', 'refDes="R1"'),
    );
    expect(layout.sites.map(({ id }) => id)).toEqual(['R1', 'R1-2', 'U1', 'J9']);
    expect(layout.remarks[0]).toBe('Step "board" was taken, the one of 2 with the most components.');
  });

  it('reads names with a prefix, and UTF-16', () => {
    const prefixed = BOARD.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1ipc:').replace('xmlns=', 'xmlns:ipc=');
    expect(layoutOf(prefixed).sites).toEqual(layoutOf(BOARD).sites);
    const bytes = Buffer.from(`\ufeff${BOARD.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    expect(ipc2581({ name: 'a.xml', bytes }).sites).toEqual(layoutOf(BOARD).sites);
  });
});

describe('hostile IPC-2581', () => {
  const bomb = `<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<IPC-2581 revision="C"><Content roleRef="&b;"/></IPC-2581>`;

  it.each([
    ['an entity bomb', bomb, 'expected no DOCTYPE, got one'],
    [
      'a file of another machine',
      '<!DOCTYPE x SYSTEM "file:///etc/passwd"><IPC-2581/>',
      'expected no DOCTYPE',
    ],
    ['an entity that is not defined', '<IPC-2581><Step name="&b;"/></IPC-2581>', 'line 1: expected XML'],
    ['a file that is cut off', BOARD.slice(0, 3000), 'expected XML, got something else'],
    ['tags that do not match', BOARD.replace('</Step>', '</Stop>'), 'line 63: expected XML'],
    [
      'another root',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'line 1: expected an IPC-2581 element, got svg',
    ],
    ['text that is no XML', 'BRDOUT: 4 1 1', 'line 1: expected XML'],
    ['an empty file', '', 'expected XML'],
    ['a file without components', '<IPC-2581/>', 'expected components, got none'],
    [
      'a place that is no number',
      BOARD.replace('x="15" y="12"', 'x="NaN" y="12"'),
      'line 57: expected Location x',
    ],
    [
      'a place that is none',
      BOARD.replace('x="15" y="12"', 'x="15"'),
      'line 57: expected Location y as a number up to 1000000, got none',
    ],
    ['an absurd place', BOARD.replace('x="15" y="12"', 'x="1e99" y="12"'), 'expected Location x'],
    [
      'an absurd rotation',
      BOARD.replace('rotation="90" mirror', 'rotation="1e99" mirror'),
      'expected Xform rotation',
    ],
    [
      'units that it does not know',
      BOARD.replace('CadHeader units="MILLIMETER"', 'CadHeader units="FURLONG"'),
      'got FURLONG',
    ],
    [
      'places before units',
      BOARD.replace('<CadHeader units="MILLIMETER"/>', ''),
      'expected units in a CadHeader',
    ],
    [
      'parts outside of a step',
      '<IPC-2581><Ecad><Package name="a"/><Component refDes="R1"/></Ecad></IPC-2581>',
      'expected components, got none',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => layoutOf(text)).toThrow(message);
    expect(() => layoutOf(text)).toThrow('board.xml');
  });

  it('refuses a million elements within each other, at once', () => {
    const start = performance.now();
    expect(() => layoutOf(`<IPC-2581>${'<a>'.repeat(1_000_000)}`)).toThrow(
      'expected at most 64 elements within each other',
    );
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('refuses more components and corners than there can be', () => {
    const head = '<IPC-2581><Ecad><CadHeader units="INCH"/><CadData><Step name="a">';
    const component = '<Component refDes="R1"><Location x="0" y="0"/></Component>';
    expect(() => layoutOf(head + component.repeat(20_001))).toThrow('expected at most 20000 components');
    const corner = '<PolyStepSegment x="0" y="0"/>';
    expect(() => layoutOf(`${head}<Profile><Polygon>${corner.repeat(10_001)}`)).toThrow(
      'expected at most 10000 corners of a profile',
    );
  });

  it('reads 20 MB in seconds without keeping them', () => {
    const filler = `<Set net="GND">${'<Line startX="1" startY="2" endX="3" endY="4"/>'.repeat(50)}</Set>`;
    const text = BOARD.replace(
      '</Step>',
      `<LayerFeature layerRef="F.Cu">${filler.repeat(8_000)}</LayerFeature></Step>`,
    );
    const start = performance.now();
    expect(layoutOf(text).sites).toHaveLength(4);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
