import type { Box } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';

/** What a report shows besides what the document says. */
export interface ReportPictures {
  /** The photo as inspected. */
  photo: Raster;
  /** The golden photo in the reference frame; null when there is none to show. */
  golden: Raster | null;
  /** Where the sites lie in the reference frame; left out where that is not known. */
  sites?: readonly { id: string; box: Box }[];
}
