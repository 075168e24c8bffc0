/** Length and width in millimetres of bodies with leads, by names that footprints contain. First match wins. */
const SIZES: readonly [RegExp, readonly [number, number]][] = [
  [/(^|[^0-9])01005([^0-9]|$)/, [0.4, 0.2]],
  [/(^|[^0-9])0201([^0-9]|$)/, [0.6, 0.3]],
  [/(^|[^0-9])0402([^0-9]|$)/, [1.0, 0.5]],
  [/(^|[^0-9])0603([^0-9]|$)/, [1.6, 0.8]],
  [/(^|[^0-9])0805([^0-9]|$)/, [2.0, 1.25]],
  [/(^|[^0-9])1206([^0-9]|$)/, [3.2, 1.6]],
  [/(^|[^0-9])1210([^0-9]|$)/, [3.2, 2.5]],
  [/(^|[^0-9])1812([^0-9]|$)/, [4.5, 3.2]],
  [/(^|[^0-9])2010([^0-9]|$)/, [5.0, 2.5]],
  [/(^|[^0-9])2512([^0-9]|$)/, [6.3, 3.2]],
  [/sot-?23/i, [2.9, 2.6]],
  [/sot-?223/i, [6.5, 7.0]],
  [/sot-?363|sc-?70/i, [2.0, 2.1]],
  [/sod-?123/i, [3.7, 1.6]],
  [/sod-?323/i, [2.5, 1.3]],
  [/do-214ac|(^|[^a-z])sma([^a-z]|$)/i, [5.2, 2.6]],
  [/(^|[^a-z])so(ic)?-?8([^0-9]|$)/i, [4.9, 6.0]],
  [/(^|[^a-z])so(ic)?-?1[46]([^0-9]|$)/i, [9.3, 6.0]],
  [/(^|[^a-z])tssop-?(14|16)/i, [5.0, 6.4]],
  [/(^|[^a-z])tssop-?8/i, [3.0, 6.4]],
  [/qfn-?(16|20)/i, [3.5, 3.5]],
  [/qfn-?(24|28)/i, [4.5, 4.5]],
  [/qfn-?(32|40)/i, [5.5, 5.5]],
  [/qfn-?(48|56|64)/i, [7.5, 7.5]],
  [/qfp-?(32|44|48)/i, [9, 9]],
  [/qfp-?(64|80)/i, [12, 12]],
  [/qfp-?(100|128|144)/i, [18, 18]],
];

/** A size as KiCad and IPC-7351 write it into names: "3.2x1.6mm", "QFN-32_5x5mm". */
const WRITTEN = /(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(?:x[\d.]+)?mm/i;
const SENSIBLE = { least: 0.2, most: 150 };

/** Length and width of a body in millimetres, guessed from its footprint's name; null where that says nothing. */
export function packageSize(footprint: string): readonly [number, number] | null {
  const known = SIZES.find(([pattern]) => pattern.test(footprint))?.[1];
  if (known) return known;
  const written = WRITTEN.exec(footprint)?.slice(1).map(Number);
  const sensible = written?.every((side) => side >= SENSIBLE.least && side <= SENSIBLE.most);
  return sensible ? [written![0]!, written![1]!] : null;
}
