import { setAll, svgElement } from '../../browser/dom.js';
import { boxOf } from './edits.js';
import { classColor, expectedIn, inDrawingOrder, RULE_WORDS, siteLetter } from './marks.js';
import { passesFilter } from './store.js';

/** From how many screen pixels a side on a site has room for its letter. */
const ROOM_FOR_LETTER = 15;

/**
 * Draws sites, regions and the marks of what is chosen; redraws what changed.
 * @param {SVGSVGElement} svg
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function drawLayout(svg, store, view) {
  const regions = svgElement('g', { id: 'regions' });
  const sites = svgElement('g', { id: 'sites' });
  const marks = svgElement('g', { id: 'marks' });
  svg.append(regions, sites, marks);
  /** @type {Map<string, { site: import('./types.js').Site, look: string, element: SVGGElement }>} */
  let drawn = new Map();
  /** @type {import('./types.js').Layout | null} */
  let drawnLayout = null;

  const drawSites = () => {
    const next = new Map();
    const order = inDrawingOrder(store.layout.sites);
    for (const site of order) {
      const expected = expectedIn(site, store.variant);
      const look = `${expected} ${classColor(site.label, store.classes)}`;
      const known = drawn.get(site.id);
      const kept = known && known.site === site && known.look === look;
      next.set(site.id, kept ? known : { site, look, element: drawSite(site, expected, store.classes) });
    }
    for (const [id, { element }] of drawn) if (next.get(id)?.element !== element) element.remove();
    // Only what is new or out of order is touched: moving thousands of elements at every edit is felt.
    let at = sites.firstChild;
    for (const { id } of order) {
      const { element } = /** @type {{ element: SVGGElement }} */ (next.get(id));
      if (element === at) at = at.nextSibling;
      else sites.insertBefore(element, at);
    }
    drawn = next;
  };

  const update = () => {
    drawSites();
    if (drawnLayout?.regions !== store.layout.regions)
      regions.replaceChildren(...store.layout.regions.map(drawRegion));
    drawnLayout = store.layout;
    for (const { site, element } of drawn.values()) {
      const shown = passesFilter(store, site, expectedIn(site, store.variant));
      element.classList.toggle('filtered', !shown);
      element.classList.toggle('selected', `site:${site.id}` === store.selected);
      element.classList.toggle('hovered', `site:${site.id}` === store.hovered);
    }
    for (const element of regions.children) {
      const key = element.getAttribute('data-key');
      element.classList.toggle('selected', key === store.selected);
      element.classList.toggle('hovered', key === store.hovered);
    }
    marks.replaceChildren(...drawMarks(store));
    rescale();
  };

  const rescale = () => {
    for (const { site, element } of drawn.values()) {
      const side = Math.min(site.box.width, site.box.height) / view.scale;
      element.classList.toggle('small', side < ROOM_FOR_LETTER);
    }
    document.getElementById('hatch')?.setAttribute('patternTransform', `scale(${view.scale}) rotate(45)`);
  };

  store.subscribe(update);
  view.subscribe(rescale);
  update();
}

/** @param {import('./types.js').Site} site @param {import('./types.js').Expectation} expected @param {readonly string[]} classes */
function drawSite(site, expected, classes) {
  const { x, y, width, height } = site.box;
  const color = classColor(site.label, classes);
  const key = `site:${site.id}`;
  return svgElement(
    'g',
    { class: `site ${expected}${site.risk ? ' risk' : ''}`, 'data-key': key },
    svgElement('rect', { class: 'edge', x, y, width, height }),
    svgElement('rect', { class: 'line', x, y, width, height, stroke: color }),
    svgElement(
      'text',
      {
        class: 'letter',
        style: `transform: translate(${x}px, ${y}px) scale(var(--px))`,
        fill: color,
        x: 4,
        y: 12,
      },
      siteLetter(expected, site.risk === 'high'),
    ),
  );
}

/** @param {import('./types.js').Region} region */
function drawRegion(region) {
  const points = region.polygon.map((point) => point.join(',')).join(' ');
  const [x, y] = region.polygon.reduce((best, point) =>
    point[0] + point[1] < best[0] + best[1] ? point : best,
  );
  return svgElement(
    'g',
    { class: `region ${region.rule}`, 'data-key': `region:${region.id}` },
    svgElement('polygon', { class: 'area', points }),
    svgElement('polygon', { class: 'edge', points }),
    svgElement('polygon', { class: 'line', points }),
    svgElement(
      'text',
      { class: 'letter', style: `transform: translate(${x}px, ${y}px) scale(var(--px))`, x: 6, y: -6 },
      RULE_WORDS[region.rule],
    ),
  );
}

/** Name of what is pointed at, and the handles of what is chosen. @param {import('./types.js').Store} store */
function drawMarks(store) {
  /** @type {SVGElement[]} */
  const marks = [];
  const { layout, selected, hovered, editable } = store;
  const region = layout.regions.find(({ id }) => `region:${id}` === selected);
  const box = boxOf(layout, selected);
  if (box && editable) {
    /** @type {[number, number, string][]} */
    const places = region
      ? region.polygon.map(([x, y], k) => [x, y, String(k)])
      : ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'].map((name) => [
          box.x + box.width * (name.includes('w') ? 0 : name.includes('e') ? 1 : 0.5),
          box.y + box.height * (name.includes('n') ? 0 : name.includes('s') ? 1 : 0.5),
          name,
        ]);
    for (const [x, y, name] of places) {
      const style = `transform: translate(${x}px, ${y}px) scale(var(--px))`;
      const handle = svgElement('rect', { x: -4, y: -4, width: 8, height: 8, style });
      setAll(handle, { class: 'handle', 'data-handle': name, 'data-key': selected });
      marks.push(handle);
    }
  }
  for (const key of new Set([selected, hovered])) {
    const place = boxOf(layout, key);
    if (!key || !place) continue;
    const site = layout.sites.find(({ id }) => `site:${id}` === key);
    const text = site ? `${site.id} · ${site.label ?? 'unknown class'}` : key.slice('region:'.length);
    const style = `transform: translate(${place.x}px, ${place.y + place.height}px) scale(var(--px))`;
    const plate = svgElement('rect', { x: -1, y: 5, width: 14 + 7.25 * [...text].length, height: 20, rx: 3 });
    marks.push(svgElement('g', { class: 'tag', style }, plate, svgElement('text', { x: 6, y: 19 }, text)));
  }
  return marks;
}
