/** Prefixes of reference designators by class: IEEE 315 / ASME Y14.44 and what boards in the field add. */
const PREFIXES: Record<string, string> = {
  R: 'resistor',
  RN: 'resistor',
  RM: 'resistor',
  RA: 'resistor',
  RP: 'resistor',
  RV: 'potentiometer',
  VR: 'potentiometer',
  POT: 'potentiometer',
  C: 'capacitor',
  CN: 'connector',
  CON: 'connector',
  CONN: 'connector',
  J: 'connector',
  P: 'connector',
  X: 'connector',
  EXT: 'connector',
  UEXT: 'connector',
  USB: 'connector',
  LAN: 'connector',
  HDMI: 'connector',
  L: 'inductor',
  FB: 'inductor',
  FL: 'inductor',
  T: 'inductor',
  D: 'diode',
  ZD: 'diode',
  TVS: 'diode',
  CR: 'diode',
  LED: 'led',
  DS: 'led',
  Q: 'transistor',
  FET: 'transistor',
  VT: 'transistor',
  U: 'ic',
  IC: 'ic',
  Y: 'crystal',
  XTAL: 'crystal',
  CRY: 'crystal',
  SW: 'switch',
  S: 'switch',
  BTN: 'switch',
  BUT: 'switch',
  F: 'fuse',
  FUSE: 'fuse',
  K: 'relay',
  RL: 'relay',
  RY: 'relay',
  BT: 'battery',
  BAT: 'battery',
  BZ: 'buzzer',
  BUZ: 'buzzer',
  LS: 'buzzer',
  SPK: 'buzzer',
  DISP: 'display',
  LCD: 'display',
};

/**
 * What a footprint's name says for certain, first match wins. It is asked before the designator: "D" stands for diodes
 * and for lights, "X" for connectors and for crystals.
 */
const PACKAGES: readonly [RegExp, string][] = [
  [/(^|[^a-z])(led)([^a-z]|$)/i, 'led'],
  [/crystal|oscillator|xtal/i, 'crystal'],
  [/potentiometer|trimmer/i, 'potentiometer'],
  [/buzzer/i, 'buzzer'],
  [/^relay/i, 'relay'],
  [/^fuse/i, 'fuse'],
  [/battery(?!.*conn)/i, 'battery'],
  [/pin_?header|pin_?socket|^conn|(^|[^a-z])usb[_-]/i, 'connector'],
];

/** What a footprint's name suggests where the designator says nothing. */
const FALLBACKS: readonly [RegExp, string][] = [
  [/^r[_-]?(0201|0402|0603|0805|1206|1210|2010|2512|array)/i, 'resistor'],
  [/^(c|cp)[_-]?(0201|0402|0603|0805|1206|1210|1812|elec|radial|disc)/i, 'capacitor'],
  [/^l[_-]|inductor/i, 'inductor'],
  [/^d[_-]|diode|^do-/i, 'diode'],
  [/^sot-?\d|^to-\d/i, 'transistor'],
  [/^(sop|soic|[tmlv]?s?sop|[tlv]?qfp|[a-z]*qfn|[a-z]*dfn|[a-z]*bga|dip|wlcsp)[-_\d]/i, 'ic'],
  [/^sw[_-]|switch|button/i, 'switch'],
  [/lcd|oled|display/i, 'display'],
];

/**
 * Class of a part in the detector's words, from its reference designator and the name of its footprint.
 * @param reference "R12", "U3A"; letters before the first digit count
 * @param footprint name with or without its library; "" where unknown
 * @returns null where neither tells
 */
export function referenceClass(reference: string, footprint = ''): string | null {
  const name = footprint.slice(footprint.lastIndexOf(':') + 1);
  const told = PACKAGES.find(([pattern]) => pattern.test(name));
  const prefix = /^[A-Za-z]+/.exec(reference.trim())?.[0].toUpperCase() ?? '';
  const named = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix]! : null;
  // "J5" with a footprint "USB_…" is a connector either way; "U4" in "Crystal…" is an oscillator, and looks like one.
  if (told) return told[1];
  return named ?? FALLBACKS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
