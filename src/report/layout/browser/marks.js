/** How sites and regions are told apart, on the page and in layout.svg: by line and letter, colour only helps. */

/** @typedef {import('./types.js').Expectation} Expectation */

/** @type {Record<Expectation, { letter: string, dash: string, word: string }>} */
export const EXPECTED = {
  fitted: { letter: 'F', dash: '', word: 'fitted' },
  empty: { letter: 'E', dash: '6 4', word: 'empty' },
  optional: { letter: 'O', dash: '1.5 3', word: 'optional' },
};

/** @type {Record<'ignore' | 'high-risk', string>} */
export const RULE_WORDS = { ignore: 'ignore', 'high-risk': 'high risk' };

/** Bright on any solder mask behind a dark edge; after Okabe and Ito, made lighter. Repeats beyond eight classes. */
const CLASS_COLORS = ['#6cc4f5', '#f4e64a', '#ff8a5c', '#4be0ae', '#eba3cb', '#f2b134', '#b9b1ff', '#ffffff'];

/** @param {string | null} label @param {readonly string[]} classes in the order of their colours */
export function classColor(label, classes) {
  const at = label === null ? -1 : classes.indexOf(label);
  return at < 0 ? '#cfd6dc' : /** @type {string} */ (CLASS_COLORS[at % CLASS_COLORS.length]);
}

/** Classes by how often they occur, so that the common ones get colours of their own. @param {readonly { label: string | null }[]} sites */
export function classesOf(sites) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { label } of sites) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label);
}

/** What a site expects in one fitting. @param {import('./types.js').Site} site @param {string} variant '' for the usual one */
export function expectedIn(site, variant) {
  return (variant !== '' && site.variants?.[variant]) || site.expected;
}

/** Letter of a site: what it expects, and whether it is watched closely. @param {Expectation} expected @param {boolean} risk */
export function siteLetter(expected, risk) {
  return EXPECTED[expected].letter + (risk ? '!' : '');
}

/** Larger first, so that small sites lie on top and can be pointed at. @param {readonly import('./types.js').Site[]} sites */
export function inDrawingOrder(sites) {
  return [...sites].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}
