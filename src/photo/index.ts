export { copyBox } from './copyBox.js';
export { cutOut } from './cutOut.js';
export { toGrey } from './grey.js';
export { measureQuality, type PhotoQuality } from './quality.js';
export type { Raster } from './raster.js';
export { type Photo, type ReadOptions, readPhoto } from './readPhoto.js';
export { resize, shrinkTo } from './resize.js';
export { throughJpeg, toJpeg } from './throughJpeg.js';
export { turnedHalf } from './turnedHalf.js';
