import { isDeepStrictEqual } from 'node:util';
import { type Box, boxCenter, boxIoU } from '../geometry/index.js';
import { diffTolerances } from './diffTolerances.js';
import type { ReferenceFile, Region, Site } from './schema.js';

export type ChangeKind =
  | 'name'
  | 'source'
  | 'frame'
  | 'golden'
  | 'variation'
  | 'outline'
  | 'variants'
  | 'region-added'
  | 'region-removed'
  | 'region-changed'
  | 'tolerance-added'
  | 'tolerance-removed'
  | 'tolerance-changed'
  | 'site-added'
  | 'site-removed'
  | 'site-renamed'
  | 'site-moved'
  | 'site-resized'
  | 'site-relabelled'
  | 'site-expectation'
  | 'site-changed';

/** One thing that two revisions of a reference differ in. */
export interface Change {
  kind: ChangeKind;
  /** Of the site or region, as the new revision calls it; null for the reference as a whole. */
  id: string | null;
  /** How far a site's middle moved, in reference pixels; only of `site-moved`. */
  px?: number;
  /** One sentence without a full stop. */
  message: string;
}

/** Boxes of an automatic learning run wander by less. */
const STILL_PX = 0.5;
/** Sites of different names that share so much are the same place under a new name. */
const SAME_PLACE = 0.5;

/**
 * What changed from one revision of a reference to another: first what concerns the whole, then regions, then sites.
 * Sites are matched by id, those left over by place. Empty when nothing of meaning changed; which version of the program
 * wrote it, and scores, do not count.
 */
export function diffReferences(before: ReferenceFile, after: ReferenceFile): Change[] {
  return [
    ...diffWhole(before, after),
    ...diffRegions(before.regions, after.regions),
    ...diffTolerances(before.tolerances ?? [], after.tolerances ?? []),
    ...diffSites(before.sites, after.sites),
  ];
}

function diffWhole(before: ReferenceFile, after: ReferenceFile): Change[] {
  const changes: Change[] = [];
  const say = (kind: ChangeKind, message: string) => changes.push({ kind, id: null, message });
  if (before.name !== after.name) say('name', `the board's name was "${before.name}" and is "${after.name}"`);
  if (!isDeepStrictEqual(before.source, after.source)) {
    say('source', `sites came from ${sourceOf(before)} and come from ${sourceOf(after)}`);
  }
  if (!isDeepStrictEqual(before.frame, after.frame)) {
    say('frame', `the frame was ${frameOf(before)} and is ${frameOf(after)}`);
  }
  const photos = ({ golden }: ReferenceFile) => golden.map(({ sha256 }) => sha256);
  const [old, now] = [photos(before), photos(after)];
  const added = now.filter((hash) => !old.includes(hash)).length;
  const removed = old.filter((hash) => !now.includes(hash)).length;
  if (added > 0 || removed > 0) say('golden', `golden photos: ${added} added, ${removed} removed`);
  else if (!isDeepStrictEqual(old, now)) say('golden', 'golden photos are in another order');
  if (before.variation?.sha256 !== after.variation?.sha256) {
    say('variation', 'what good boards vary in was learnt anew, added or removed');
  }
  if (!isDeepStrictEqual(before.outline, after.outline)) {
    say(
      'outline',
      `the outline had ${before.outline.polygon.length} corners and has ${after.outline.polygon.length}, not all in the same place`,
    );
  }
  if (!isDeepStrictEqual(before.variants, after.variants)) {
    say('variants', `variants were ${listOf(before.variants)} and are ${listOf(after.variants)}`);
  }
  return changes;
}

function diffRegions(before: readonly Region[], after: readonly Region[]): Change[] {
  const old = new Map(before.map((region) => [region.id, region]));
  const changes: Change[] = [];
  for (const region of after) {
    const { id, rule } = region;
    const was = old.get(id);
    old.delete(id);
    if (!was) changes.push({ kind: 'region-added', id, message: `region ${id} (${rule}) was added` });
    else if (was.rule !== rule) {
      changes.push({ kind: 'region-changed', id, message: `region ${id} was ${was.rule} and is ${rule}` });
    } else if (!isDeepStrictEqual(was, region)) {
      changes.push({
        kind: 'region-changed',
        id,
        message: `region ${id} (${rule}) has another outline or note`,
      });
    }
  }
  for (const { id, rule } of old.values()) {
    changes.push({ kind: 'region-removed', id, message: `region ${id} (${rule}) was removed` });
  }
  return changes;
}

function diffSites(before: readonly Site[], after: readonly Site[]): Change[] {
  const old = new Map(before.map((site) => [site.id, site]));
  const named = new Set(after.filter(({ id }) => old.has(id)).map(({ id }) => id));
  const left = before.filter(({ id }) => !named.has(id));
  const changes: Change[] = [];
  for (const site of after) {
    const was = named.has(site.id) ? old.get(site.id)! : takeSamePlace(left, site.box);
    if (was) changes.push(...diffSite(was, site));
    else changes.push({ kind: 'site-added', id: site.id, message: `${wordsFor(site)} was added` });
  }
  for (const site of left) {
    changes.push({ kind: 'site-removed', id: site.id, message: `${wordsFor(site)} was removed` });
  }
  return changes;
}

/** Takes the site that shares most with a box off a list, if any is in the same place. */
function takeSamePlace(left: Site[], box: Box): Site | null {
  let best = -1;
  let most = SAME_PLACE;
  for (let k = 0; k < left.length; k++) {
    const iou = boxIoU(left[k]!.box, box);
    if (iou < most) continue;
    most = iou;
    best = k;
  }
  return best < 0 ? null : left.splice(best, 1)[0]!;
}

function diffSite(was: Site, is: Site): Change[] {
  const { id } = is;
  const changes: Change[] = [];
  const say = (kind: ChangeKind, message: string, px?: number) =>
    changes.push({ kind, id, ...(px === undefined ? {} : { px }), message });
  if (was.id !== id) say('site-renamed', `site ${was.id} is called ${id}`);
  const [x, y] = boxCenter(is.box);
  const [oldX, oldY] = boxCenter(was.box);
  const moved = Math.hypot(x - oldX, y - oldY);
  if (moved > STILL_PX)
    say('site-moved', `site ${id} moved by ${moved.toFixed(1)} px`, Math.round(moved * 10) / 10);
  const { width, height } = is.box;
  if (Math.abs(width - was.box.width) > STILL_PX || Math.abs(height - was.box.height) > STILL_PX) {
    say('site-resized', `site ${id} was ${sizeOf(was)} and is ${sizeOf(is)}`);
  }
  if (was.label !== is.label) {
    say(
      'site-relabelled',
      `site ${id} was ${was.label ?? 'of unknown class'} and is ${is.label ?? 'of unknown class'}`,
    );
  }
  if (was.expected !== is.expected) {
    say('site-expectation', `site ${id} was ${was.expected} and is ${is.expected}`);
  }
  const others = (['rotation', 'part', 'risk', 'variants'] as const).filter(
    (key) => !isDeepStrictEqual(was[key], is[key]),
  );
  if (others.length > 0) say('site-changed', `site ${id} has another ${others.join(', ')}`);
  return changes;
}

function wordsFor({ id, label, expected }: Site): string {
  return `site ${id} (${[label, expected].filter((word) => word !== null).join(', ')})`;
}

function sizeOf({ box }: Site): string {
  return `${box.width.toFixed(1)} × ${box.height.toFixed(1)} px`;
}

function sourceOf({ source }: ReferenceFile): string {
  return [source.kind, source.file, source.side].filter((word) => word !== null).join(' ');
}

function frameOf({ frame }: ReferenceFile): string {
  return `${frame.width} × ${frame.height} px, ${frame.mmPerPixel ? `${frame.mmPerPixel} mm a pixel` : 'scale unknown'}`;
}

function listOf(words: readonly string[]): string {
  return words.length > 0 ? words.join(', ') : 'none';
}
