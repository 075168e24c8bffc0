/** Edits of a layout: each gives a new one and leaves the old as it was, so that undoing is keeping. */

/** @typedef {import('./types.js').Layout} Layout */
/** @typedef {import('./types.js').Site} Site */
/** @typedef {import('./types.js').Region} Region */
/** @typedef {import('./types.js').Box} Box */

export const LEAST_SIDE = 2;

/** @param {Layout} layout @param {string | null} key @returns {Site | null} */
export function siteOf(layout, key) {
  return key?.startsWith('site:') ? (layout.sites.find(({ id }) => `site:${id}` === key) ?? null) : null;
}

/** @param {Layout} layout @param {string | null} key @returns {Region | null} */
export function regionOf(layout, key) {
  return key?.startsWith('region:')
    ? (layout.regions.find(({ id }) => `region:${id}` === key) ?? null)
    : null;
}

/** Upright box around a site or region. @param {Layout} layout @param {string | null} key @returns {Box | null} */
export function boxOf(layout, key) {
  const site = siteOf(layout, key);
  if (site) return site.box;
  const region = regionOf(layout, key);
  if (!region) return null;
  const xs = region.polygon.map(([x]) => x);
  const ys = region.polygon.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** @param {Layout} layout @param {string} key @param {(site: Site) => Site} change */
export function changeSite(layout, key, change) {
  return { ...layout, sites: layout.sites.map((site) => (`site:${site.id}` === key ? change(site) : site)) };
}

/** @param {Layout} layout @param {string} key @param {(region: Region) => Region} change */
export function changeRegion(layout, key, change) {
  const regions = layout.regions.map((region) => (`region:${region.id}` === key ? change(region) : region));
  return { ...layout, regions };
}

/** Moves a site or region, as far as it stays in the frame. @param {Layout} layout @param {string} key @param {number} dx @param {number} dy */
export function moveItem(layout, key, dx, dy) {
  const box = boxOf(layout, key);
  if (!box) return layout;
  const { width, height } = layout.frame;
  const mx = clamp(dx, -box.x, width - box.x - box.width);
  const my = clamp(dy, -box.y, height - box.y - box.height);
  if (mx === 0 && my === 0) return layout;
  return key.startsWith('site:')
    ? changeSite(layout, key, (site) => ({
        ...site,
        box: { ...site.box, x: tenth(site.box.x + mx), y: tenth(site.box.y + my) },
      }))
    : changeRegion(layout, key, (region) => ({
        ...region,
        polygon: region.polygon.map(([x, y]) => [tenth(x + mx), tenth(y + my)]),
      }));
}

/** Gives a site another box, cut to the frame. @param {Layout} layout @param {string} key @param {Box} box */
export function placeSite(layout, key, box) {
  return changeSite(layout, key, (site) => ({ ...site, box: boxWithin(box, layout.frame) }));
}

/** @param {Layout} layout @param {string} key @param {number} corner @param {[number, number]} to */
export function moveCorner(layout, key, corner, [x, y]) {
  const { width, height } = layout.frame;
  /** @type {[number, number]} */
  const place = [tenth(clamp(x, 0, width)), tenth(clamp(y, 0, height))];
  return changeRegion(layout, key, (region) => ({
    ...region,
    polygon: region.polygon.map((point, k) => (k === corner ? place : point)),
  }));
}

/** @param {Layout} layout @param {Box} box @param {string | null} label @returns {{ layout: Layout, key: string }} */
export function addSite(layout, box, label) {
  const id = freeId('N', layout.sites);
  /** @type {Site} */
  const site = { id, label, expected: 'fitted', box: boxWithin(box, layout.frame), score: null };
  return { layout: { ...layout, sites: [...layout.sites, site] }, key: `site:${id}` };
}

/** @param {Layout} layout @param {[number, number][]} polygon @param {Region['rule']} rule @returns {{ layout: Layout, key: string }} */
export function addRegion(layout, polygon, rule) {
  const id = freeId('G', layout.regions);
  const { width, height } = layout.frame;
  /** @type {Region} */
  const region = {
    id,
    rule,
    polygon: polygon.map(([x, y]) => [tenth(clamp(x, 0, width)), tenth(clamp(y, 0, height))]),
  };
  return { layout: { ...layout, regions: [...layout.regions, region] }, key: `region:${id}` };
}

/** @param {Layout} layout @param {string} key @returns {Layout} */
export function removeItem(layout, key) {
  return {
    ...layout,
    sites: layout.sites.filter(({ id }) => `site:${id}` !== key),
    regions: layout.regions.filter(({ id }) => `region:${id}` !== key),
  };
}

/** Takes a fitting away, from the sites too. @param {Layout} layout @param {string} name @returns {Layout} */
export function removeVariant(layout, name) {
  const sites = layout.sites.map((site) => (site.variants?.[name] ? withVariant(site, name, null) : site));
  return { ...layout, sites, variants: layout.variants.filter((other) => other !== name) };
}

/** @param {Site} site @param {string} name @param {Site['expected'] | null} expected null: as usual @returns {Site} */
export function withVariant(site, name, expected) {
  const { variants, ...rest } = site;
  const { [name]: _, ...others } = variants ?? {};
  const next = expected === null ? others : { ...others, [name]: expected };
  return Object.keys(next).length > 0 ? { ...rest, variants: next } : rest;
}

/** @param {Box} box @param {{ width: number, height: number }} frame @returns {Box} */
function boxWithin({ x, y, width, height }, frame) {
  const left = clamp(x, 0, frame.width - LEAST_SIDE);
  const top = clamp(y, 0, frame.height - LEAST_SIDE);
  return {
    x: tenth(left),
    y: tenth(top),
    width: tenth(clamp(x + width - left, LEAST_SIDE, frame.width - left)),
    height: tenth(clamp(y + height - top, LEAST_SIDE, frame.height - top)),
  };
}

/** @param {string} letter @param {readonly { id: string }[]} items */
function freeId(letter, items) {
  const taken = new Set(items.map(({ id }) => id));
  let k = 1;
  while (taken.has(letter + k)) k++;
  return letter + k;
}

/** @param {number} value @param {number} least @param {number} most */
function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

/** @param {number} value */
function tenth(value) {
  return Math.round(value * 10) / 10;
}
