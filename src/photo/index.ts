export { toGrey } from './grey.js';
export { MAX_PIXELS } from './limits.js';
export { measureQuality, type PhotoQuality } from './quality.js';
export { type Raster, raster } from './raster.js';
export { type Photo, type ReadOptions, readPhoto } from './readPhoto.js';
export { resize, shrinkTo } from './resize.js';
