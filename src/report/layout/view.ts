import type { ReferenceFile, Variation } from '../../layout/index.js';
import type { Raster } from '../../photo/index.js';

/** A layout and what to draw it over. */
export interface LayoutView {
  description: ReferenceFile;
  /** First golden photo, in the size of the frame; null for a layout that no photo was fitted to yet. */
  golden: Raster | null;
  /** How much good boards differ; null when learnt from one. */
  variation: Variation | null;
}
