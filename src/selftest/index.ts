export { type ChooseOptions, choosePlaces, type Place, type PlaceKind } from './choose.js';
export { DRAWN_PARTS, type DrawnPart, drawPart } from './drawnParts.js';
export { pasteDecoy, removePart } from './erase.js';
export * from './froc.js';
export { type Placement, placementBox } from './placement.js';
export { type Edit, plantPart } from './plant.js';
export { createRandom, type Random } from './random.js';
export { type Rgba, rgba } from './rgba.js';
