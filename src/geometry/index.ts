export * from './box.js';
export * from './fillPolygon.js';
export * from './homography.js';
export * from './polygon.js';
export * from './solveLinear.js';
