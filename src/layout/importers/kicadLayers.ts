import { type SList, wordAt } from './sExpressions.js';

/** Names of a board's copper. */
export interface KicadLayers {
  /** Of the bottom copper. */
  bottom: string;
  /** Whether a pad's layer is copper; "*.Cu" is every one. */
  copper: (layer: string) => boolean;
}

/** Numbers of the bottom copper: up to KiCad 8, and since. */
const BOTTOM = ['31', '2'];
const COPPER = ['signal', 'power', 'mixed', 'jumper'];

/**
 * Names of copper layers from `(layers (0 F.Cu signal) …)`: up to KiCad 5 they could be renamed, and footprints and pads
 * then have the new names.
 * @param list null where the board has none
 */
export function kicadLayers(list: SList | null): KicadLayers {
  const entries = (list?.items ?? []).filter(
    (item): item is SList => typeof item !== 'string' && COPPER.includes(wordAt(item, 2) ?? ''),
  );
  const names = new Set(entries.map((entry) => wordAt(entry, 1)));
  const bottom = BOTTOM.map((number) => entries.find((entry) => wordAt(entry, 0) === number)).find(Boolean);
  return {
    bottom: wordAt(bottom, 1) ?? 'B.Cu',
    copper: (layer) => layer.endsWith('.Cu') || names.has(layer),
  };
}
