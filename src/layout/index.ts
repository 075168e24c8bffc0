export { type AgreedPart, agree } from './agree.js';
export { fitPoints, type LayoutFit, type PointPair } from './fit.js';
export { fitParts } from './fitParts.js';
export type { ImportedLayout, ImportedSite, Importer, ImporterInput } from './importers/imported.js';
export {
  type KeptParts,
  type ReferenceFolder,
  readDescription,
  readReferenceFolder,
  replaceDescription,
  writeReferenceFolder,
} from './referenceFolder.js';
export { resolveSites } from './resolveSites.js';
export { sameButForTolerances } from './sameButForTolerances.js';
export {
  type Expectation,
  type Lack,
  MAX_GOLDEN,
  REFERENCE_VERSION,
  type ReferenceFile,
  type Region,
  type Site,
  type Tolerance,
} from './schema.js';
export { mapOutline, toSite } from './siteBoxes.js';
export { inForce, today } from './tolerances.js';
export { usualSide } from './usualSide.js';
export {
  addVariation,
  decodeVariation,
  encodeVariation,
  noVariation,
  type Variation,
  variationIn,
} from './variation.js';
