export type { Edit } from './blend.js';
export { type ChooseOptions, choosePlaces, type Place, type PlaceKind } from './choose.js';
export { pasteDecoy } from './decoy.js';
export {
  DRAWN_PARTS,
  type DrawnPart,
  drawnPartPictures,
  drawPart,
  type PartPicture,
  renderedPartPicture,
} from './drawnParts.js';
export { type RemoveOptions, removePart } from './erase.js';
export * from './froc.js';
export { rotatePart, shiftPart, swapPart } from './move.js';
export type { Placement } from './placement.js';
export { type PlantOptions, plantPart } from './plant.js';
export { chooseRounds, LEAST_VISIBLE, type Plant, plantParts, type Spot } from './plantRounds.js';
export { createRandom, type Random } from './random.js';
export { type Rgba, rgba } from './rgba.js';
export { type SecondShot, secondShot } from './secondShot.js';
export { drawLight, type Light } from './shadow.js';
export * from './spoil.js';
export * from './tally.js';
