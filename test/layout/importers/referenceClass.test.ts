import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceClass } from '../../../src/layout/importers/referenceClass.js';

describe('class from designator and footprint', () => {
  it.each([
    ['R12', '', 'resistor'],
    ['C1', 'Capacitor_SMD:C_0402_1005Metric', 'capacitor'],
    ['FB3', '', 'inductor'],
    ['D1', 'Diode_SMD:D_SOD-123', 'diode'],
    ['D2', 'LED_SMD:LED_0603_1608Metric', 'led'],
    ['Q4', '', 'transistor'],
    ['U3A', '', 'ic'],
    ['CN7', '', 'connector'],
    ['X1', '', 'connector'],
    ['X2', 'Crystal:Crystal_SMD_3225-4Pin_3.2x2.5mm', 'crystal'],
    ['SW1', '', 'switch'],
    ['PWR9', 'Package_SO:SOIC-8_3.9x4.9mm', 'ic'],
    ['RESET', '', null],
    ['', '', null],
    ['constructor1', '', null],
  ])('%s in "%s" is %s', (reference, footprint, expected) => {
    expect(referenceClass(reference, footprint)).toBe(expected);
  });

  it('says nothing that the detector has no word for', () => {
    const { classes } = JSON.parse(readFileSync('models/detector.json', 'utf8'));
    for (const reference of 'R RV C J L D LED Q U Y SW F K BT BZ DISP'.split(' ')) {
      expect(classes).toContain(referenceClass(`${reference}1`));
    }
  });
});
