// The FROC picture of bench/plants.mjs: one curve a detector, readable on light and on dark pages.
const SIZE = { width: 680, height: 430, left: 62, right: 24, top: 44, bottom: 54 };
const LEAST = 0.1;
const MOST = 100;

// Colours of Okabe and Ito, told apart by colour-blind readers too; dashes help in print.
const COLOURS = ['#009e73', '#d55e00', '#0072b2', '#cc79a7', '#8a8a8a'];
const DASHES = ['', '7 4', '2 3', '9 3 2 3', '1 4'];

const STYLE = `
  svg { --page: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d8dee4 }
  @media (prefers-color-scheme: dark) { svg { --page: #0d1117; --ink: #e6edf3; --soft: #9198a1; --grid: #30363d } }
  text { fill: var(--soft); font: 12px system-ui, sans-serif }
  .title { fill: var(--ink); font-weight: 600 }
  .grid { stroke: var(--grid) }
  .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round }`;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * FROC curves as SVG: false calls a photo (0.1 to 100, logarithmic) against the found share, as steps; a dot is
 * the default threshold.
 * @param summaries [{ name, froc: [{ falseCallsPerPhoto, found }] strictest first,
 *   atDefault: { falseCallsPerPhoto, found } }]
 * @returns the text of an SVG file
 */
export function frocPicture(summaries) {
  const { width, height, left, right, top, bottom } = SIZE;
  const clamped = (calls) => Math.min(MOST, Math.max(LEAST, calls));
  const x = (calls) =>
    left + (Math.log(clamped(calls) / LEAST) / Math.log(MOST / LEAST)) * (width - left - right);
  const y = (share) => height - bottom - share * (height - top - bottom);
  const at = (calls, share) => `${x(calls).toFixed(1)} ${y(share).toFixed(1)}`;

  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>Planted parts found against false calls a photo</title>',
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="var(--page)"/>`,
    `<text class="title" x="${left}" y="24">Planted parts found</text>`,
    `<text x="${(left + width - right) / 2}" y="${height - 12}" text-anchor="middle">false calls a photo</text>`,
  ];
  for (const calls of [0.1, 0.5, 1, 2, 4, 10, 30, 100]) {
    lines.push(
      `<path class="grid" d="M${at(calls, 1)}L${at(calls, 0)}"/>`,
      `<text x="${x(calls).toFixed(1)}" y="${height - bottom + 18}" text-anchor="middle">${calls === LEAST ? '≤ 0.1' : calls}</text>`,
    );
  }
  for (const percent of [0, 25, 50, 75, 100]) {
    lines.push(
      `<path class="grid" d="M${at(LEAST, percent / 100)}L${at(MOST, percent / 100)}"/>`,
      `<text x="${left - 8}" y="${(y(percent / 100) + 4).toFixed(1)}" text-anchor="end">${percent} %</text>`,
    );
  }
  summaries.forEach(({ name, froc, atDefault }, k) => {
    const colour = COLOURS[k % COLOURS.length];
    const dash = DASHES[k % DASHES.length];
    const stroke = `stroke="${colour}"${dash ? ` stroke-dasharray="${dash}"` : ''}`;
    const legendY = top + 14 + 18 * k;
    lines.push(
      `<path class="curve" ${stroke} d="${steps(froc, at)}"/>`,
      `<circle cx="${x(atDefault.falseCallsPerPhoto).toFixed(1)}" cy="${y(atDefault.found ?? 0).toFixed(1)}" r="4.5" fill="${colour}"/>`,
      `<path class="curve" ${stroke} d="M${left + 12} ${legendY}h30"/>`,
      `<text x="${left + 50}" y="${legendY + 4}">${escaped(name)}</text>`,
    );
  });
  return `${lines.join('\n')}\n</svg>\n`;
}

/** A threshold between two points finds what the stricter one finds: right first, then up. */
function steps(points, at) {
  let path = '';
  let last = 0;
  for (const { falseCallsPerPhoto, found } of points) {
    path += path
      ? `L${at(falseCallsPerPhoto, last)}L${at(falseCallsPerPhoto, found)}`
      : `M${at(falseCallsPerPhoto, found)}`;
    last = found;
  }
  return path || 'M0 0';
}
