/** Largest photo that is decoded. 250 MP is above every current camera and takes 750 MB as RGB. */
export const MAX_PIXELS = 250_000_000;

/** Largest file that is read. A 250 MP photo as uncompressed 16-bit TIFF with alpha stays below it. */
export const MAX_FILE_BYTES = 2 ** 31 - 1;

/** Longest side as a multiple of the shorter one. No board is so long, and scaled down nothing would be left of its width. */
export const MAX_ASPECT = 20;

/** Smallest side of a photo on which parts could be told apart at all. */
export const MIN_SIDE = 64;
