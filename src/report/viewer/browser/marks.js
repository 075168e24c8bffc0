import { drawUnjudged } from './hatch.js';
import { MISSED_DASH } from './missed.js';

/** Smallest side of a box on the screen: a finding of a few pixels can be seen from afar. */
const LEAST_SIDE = 9;
/** Distance between a finding's edge and its line, in screen pixels: the part itself stays uncovered. */
const GAP = 3;
const CHOSEN_GAP = 6;
const FONT = '700 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TAG = { height: 19, sign: 14, pad: 5 };
/** Share of a picture that tags may cover: of very many findings the strongest have one, the others when one goes nearer. */
const TAGGED = 0.1;

/** @typedef {Record<string, { sign: string, color: string }>} Kinds */
/** @typedef {{ x: number, y: number, width: number, height: number }} Rectangle */

/**
 * Draws places that were not judged, sites that match and the boxes of the findings, on a canvas with its picture.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @param {Kinds} kinds
 */
export function drawMarks(context, store, view, kinds) {
  const { data, photo } = store;
  if (store.unjudged) drawUnjudged(context, data.notJudged, photo, view);
  const density = devicePixelRatio;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.font = FONT;
  context.textBaseline = 'middle';
  if (store.sites) for (const { box, id } of data.sites) drawSite(context, onScreen(box, view, 0), id);
  if (store.boxes) drawFindings(context, store, view, kinds);
  for (const [k, { box }] of store.missed.entries()) {
    const mark = { color: '#ffffff', dash: MISSED_DASH, text: `missed ${k + 1}` };
    if (box && store.boxes) drawBox(context, onScreen(box, view, GAP), mark);
  }
}

/** The finding at a place on the screen, the smallest where several lie; -1 where none does. @param {import('./types.js').Store} store @param {import('./types.js').View} view @param {number} x @param {number} y */
export function findingAt(store, view, x, y) {
  if (!store.boxes) return -1;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [k, { place, photo }] of store.data.findings.entries()) {
    if (!place || photo !== store.photo) continue;
    const box = onScreen(place, view, GAP);
    const inside = x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
    if (inside && box.width * box.height < least) [best, least] = [k, box.width * box.height];
  }
  return best;
}

/** @param {import('./types.js').Box} box @param {import('./types.js').View} view @param {number} gap @returns {Rectangle} */
function onScreen(box, view, gap) {
  const width = Math.max(LEAST_SIDE, box.width * view.scale) + 2 * gap;
  const height = Math.max(LEAST_SIDE, box.height * view.scale) + 2 * gap;
  const x = (box.x + box.width / 2 - view.left) * view.scale - width / 2;
  const y = (box.y + box.height / 2 - view.top) * view.scale - height / 2;
  return { x, y, width, height };
}

/** @param {CanvasRenderingContext2D} context @param {import('./types.js').Store} store @param {import('./types.js').View} view @param {Kinds} kinds */
function drawFindings(context, store, view, kinds) {
  const { findings } = store.data;
  const [right, bottom] = [context.canvas.width / devicePixelRatio, context.canvas.height / devicePixelRatio];
  /** @type {{ k: number, box: Rectangle }[]} */
  const seen = [];
  for (let k = findings.length - 1; k >= 0; k--) {
    const finding = /** @type {import('./types.js').PageFinding} */ (findings[k]);
    if (!finding.place || finding.photo !== store.photo || k === store.selected) continue;
    const box = onScreen(finding.place, view, GAP);
    if (box.x > right || box.y > bottom || box.x + box.width < 0 || box.y + box.height < 0) continue;
    seen.push({ k, box });
    drawFrame(context, box, colorOf(finding, kinds), finding.kind === 'missing-part' ? [6, 3] : [], false);
  }
  const chosen = findings[store.selected];
  const chosenBox =
    chosen?.place && chosen.photo === store.photo ? onScreen(chosen.place, view, CHOSEN_GAP) : null;
  if (chosen && chosenBox) {
    const dash = chosen.kind === 'missing-part' ? [6, 3] : [];
    drawFrame(context, chosenBox, colorOf(chosen, kinds), dash, true);
    seen.push({ k: store.selected, box: chosenBox });
  }
  // Strongest first, the chosen one before all: a tag that would lie on another is left out.
  /** @type {Rectangle[]} */
  const taken = [];
  let room = TAGGED * right * bottom;
  for (const { k, box } of seen.reverse()) {
    const finding = /** @type {import('./types.js').PageFinding} */ (findings[k]);
    const text = finding.name;
    const width = context.measureText(text).width + TAG.sign + 2.5 * TAG.pad;
    const places = tagPlaces(box, width, right, bottom);
    const free = places.find((place) => !taken.some((other) => overlap(place, other)));
    const tag = k === store.selected ? (free ?? places[0]) : room > 0 ? free : undefined;
    if (!tag) continue;
    room -= tag.width * tag.height;
    taken.push(tag);
    drawTag(context, tag, text, kinds[finding.kind], k === store.selected);
  }
}

/** @param {import('./types.js').PageFinding} finding @param {Kinds} kinds */
function colorOf({ kind }, kinds) {
  return kinds[kind]?.color ?? '#ffffff';
}

/** Where a tag may lie, best first: above its box, below it, beside it, never beyond the canvas. @param {Rectangle} box @param {number} width @param {number} right @param {number} bottom @returns {Rectangle[]} */
function tagPlaces({ x, y, width: w, height: h }, width, right, bottom) {
  return [
    [x - 1, y - TAG.height - 2],
    [x + w - width + 1, y - TAG.height - 2],
    [x - 1, y + h + 2],
    [x + w - width + 1, y + h + 2],
    [x + w + 3, y],
    [x - width - 3, y],
  ].map(([left = 0, top = 0]) => ({
    x: Math.max(0, Math.min(right - width, left)),
    y: Math.max(0, Math.min(bottom - TAG.height, top)),
    ...{ width, height: TAG.height },
  }));
}

/** @param {CanvasRenderingContext2D} context @param {Rectangle} tag @param {string} text @param {{ sign: string, color: string } | undefined} kind @param {boolean} chosen */
function drawTag(context, tag, text, kind, chosen) {
  context.fillStyle = chosen ? '#ffffff' : '#101418';
  context.strokeStyle = chosen ? '#101418' : '#ffffffaa';
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(tag.x, tag.y, tag.width, tag.height, 3);
  context.fill();
  context.stroke();
  context.fillStyle = chosen ? '#101418' : '#ffffff';
  context.fillText(text, tag.x + TAG.pad, tag.y + TAG.height / 2 + 0.5);
  if (!kind) return;
  context.save();
  context.translate(tag.x + tag.width - TAG.sign - TAG.pad / 1.5, tag.y + (TAG.height - TAG.sign) / 2);
  context.scale(TAG.sign / 16, TAG.sign / 16);
  context.strokeStyle = chosen ? '#101418' : kind.color;
  context.lineWidth = 2.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(kind.sign));
  context.restore();
}

/** A line in the kind's colour between a dark and a light one: one of them shows on any board. @param {CanvasRenderingContext2D} context @param {Rectangle} box @param {string} color @param {number[]} dash @param {boolean} chosen */
function drawFrame(context, box, color, dash, chosen) {
  const [dark, light, line] = chosen ? [8, 6, 3] : [4.5, 0, 2];
  context.setLineDash([]);
  context.lineJoin = 'round';
  for (const [style, width] of /** @type {[string, number][]} */ ([
    ['#000000cc', dark],
    ['#ffffff', light],
  ])) {
    if (width === 0) continue;
    context.strokeStyle = style;
    context.lineWidth = width;
    context.strokeRect(box.x, box.y, box.width, box.height);
  }
  context.strokeStyle = color === '#ffffff' && chosen ? '#101418' : color;
  context.lineWidth = line;
  context.setLineDash(dash);
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context @param {Rectangle} box @param {{ color: string, dash: number[], text: string }} look */
function drawBox(context, box, { color, dash, text }) {
  drawFrame(context, box, color, dash, false);
  const width = context.measureText(text).width + 2 * TAG.pad;
  const [tag] = tagPlaces(box, width, Infinity, Infinity);
  if (tag) drawTag(context, tag, text, undefined, false);
}

/** A thin line with a tick: matches. @param {CanvasRenderingContext2D} context @param {Rectangle} box @param {string} id */
function drawSite(context, box, id) {
  for (const [style, width] of /** @type {[string, number][]} */ ([
    ['#000000a0', 3],
    ['#8fe3b4', 1.2],
  ])) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.setLineDash([]);
    context.strokeRect(box.x, box.y, box.width, box.height);
  }
  if (Math.min(box.width, box.height) < 26) return;
  const text = `✓ ${id}`;
  if (context.measureText(text).width > box.width - 6) return;
  context.lineWidth = 3;
  context.strokeStyle = '#000000c0';
  context.strokeText(text, box.x + 4, box.y + 10);
  context.fillStyle = '#c8f5dc';
  context.fillText(text, box.x + 4, box.y + 10);
}

/** @param {Rectangle} a @param {Rectangle} b */
function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
