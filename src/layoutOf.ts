import type { Detector } from './detect/index.js';
import { isReferenceFolder } from './isReferenceFolder.js';
import { REFERENCE_VERSION } from './layout/index.js';
import { openReference, type Reference } from './learn.js';
import { openLayout } from './openLayout.js';
import type { LayoutView } from './report/layout/index.js';
import { VERSION } from './version.js';

/**
 * The layout of what REF names: a reference folder, read without models, or a golden photo, learnt at once.
 * @param detector loads one; called for a photo only
 * @throws UserError when REF is neither, or damaged
 */
export async function layoutOf(ref: string, detector: () => Promise<Detector>): Promise<LayoutView> {
  if (await isReferenceFolder(ref)) return openLayout(ref);
  return viewOf(await openReference(ref, await detector()));
}

function viewOf(reference: Reference): LayoutView {
  const { name, sha256, width, height, mmPerPixel, outline, outlineFound, sites, golden } = reference;
  return {
    description: {
      schemaVersion: REFERENCE_VERSION,
      name,
      tool: { name: 'boardiff', version: VERSION },
      source: { kind: 'photos', file: null, side: null, lacks: [] },
      frame: { width, height, mmPerPixel },
      golden: [{ file: null, sha256, originalName: name }],
      variation: null,
      outline: { polygon: outline.map(([x, y]) => [x, y]), found: outlineFound },
      variants: [],
      regions: [],
      sites: sites.map(({ id, label, expected, box, score }) => ({ id, label, expected, box, score })),
    },
    golden,
    variation: null,
  };
}
