/**
 * A small stroke font, so that pictures look the same on every machine, with or without fonts. Glyphs are polylines
 * on a grid 4 wide and 6 high, y down, "x y" pairs as digits, strokes apart by spaces.
 */
const GLYPHS = new Map<string, string>([
  [' ', ''],
  ['A', '062046 1434'],
  ['B', '0006364544330300304142 4233'],
  ['C', '4130100105163645'],
  ['D', '00062645412000'],
  ['E', '40000646 0333'],
  ['F', '400006 0333'],
  ['G', '41301001051636454323'],
  ['H', '0006 4046 0343'],
  ['I', '1030 2026 1636'],
  ['J', '40453616 1605'],
  ['K', '0006 400346'],
  ['L', '000646'],
  ['M', '0600234046'],
  ['N', '06004640'],
  ['O', '1001051636454130 3010'],
  ['P', '06003041423303'],
  ['Q', '1001051636454130 3010 2446'],
  ['R', '06003041423303 2346'],
  ['S', '413010010213334445361605'],
  ['T', '0040 2026'],
  ['U', '000516364540'],
  ['V', '002640'],
  ['W', '0016233640'],
  ['X', '0046 4006'],
  ['Y', '0023 4023 2326'],
  ['Z', '00400646'],
  ['0', '1001051636454130 3010 0541'],
  ['1', '112026 1636'],
  ['2', '01103041420646'],
  ['3', '011030414233 1333444536 361605'],
  ['4', '36300444'],
  ['5', '4000023243453616 1605'],
  ['6', '413010010516364544330303'],
  ['7', '004016'],
  ['8', '13020110304142331304051636454433'],
  ['9', '051636454130100102134343'],
  ['.', '2526'],
  [',', '2516'],
  [':', '2122 2526'],
  [';', '2122 2516'],
  ['-', '0343'],
  ['–', '0343'],
  ['/', '0640'],
  ['%', '0640 0001 4546'],
  ['(', '30121536'],
  [')', '10323516'],
  ['+', '0343 2125'],
  ['=', '0242 0444'],
  ["'", '2022'],
  ['’', '2022'],
  ['"', '1012 3032'],
  ['!', '2024 2526'],
  ['?', '011030412324 2526'],
  ['×', '0145 4105'],
  ['_', '0646'],
  ['#', '1016 3036 0242 0444'],
  ['*', '2125 0244 4204'],
  ['&', '4611102122040516263443'],
  ['<', '400346'],
  ['>', '004306'],
  ['[', '30101636'],
  [']', '10303616'],
  ['@', '33231424344341301001051636'],
  ['~', '03123342'],
  ['|', '2026'],
  ['\\', '0046'],
  ['…', '0506 2526 4546'],
  ['µ', '0106 0515354441'],
]);

/** Advance of one letter as a share of the letter height: 4 wide and 2 apart, of 6 high. */
const ADVANCE = 1;

/** Width of a text in pixels. */
export function textWidth(text: string, height: number): number {
  return capitals(text).length * ADVANCE * height - height / 3;
}

/** The letters as they are drawn: capitals, accents left off. */
function capitals(text: string): string[] {
  return [...text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()];
}

/**
 * A text as an SVG path with round ends. Letters come out as capitals without accents; what the font lacks is a small box.
 * @param x left edge in pixels
 * @param y top edge in pixels
 * @param height of capitals in pixels
 */
export function textPath(
  text: string,
  x: number,
  y: number,
  height: number,
  color: string,
  weight = height / 7,
): string {
  const unit = height / 6;
  const parts: string[] = [];
  for (const [k, letter] of capitals(text).entries()) {
    const left = x + k * ADVANCE * height;
    for (const stroke of (GLYPHS.get(letter) ?? '0646400006').split(' ')) {
      const points: string[] = [];
      for (let at = 0; at + 1 < stroke.length; at += 2) {
        const px = left + Number(stroke[at]) * unit;
        const py = y + Number(stroke[at + 1]) * unit;
        points.push(`${px.toFixed(1)} ${py.toFixed(1)}`);
      }
      if (points.length > 1) parts.push(`M${points.join('L')}`);
    }
  }
  return `<path d="${parts.join('')}" fill="none" stroke="${color}" stroke-width="${weight.toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** Breaks a text at spaces into lines that fit; a word that is wider than the room stands alone. */
export function textLines(text: string, room: number, height: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, height) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A text cut to fit, with an ellipsis where something is missing. */
export function textCut(text: string, room: number, height: number): string {
  if (textWidth(text, height) <= room) return text;
  const letters = Math.max(0, Math.floor((room + height / 3) / (ADVANCE * height)) - 1);
  return `${capitals(text).slice(0, letters).join('')}…`;
}
