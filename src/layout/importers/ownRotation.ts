/**
 * What a site's rotation counts: degrees counter-clockwise from 0 up to 360, as the part is seen from its own side, so
 * that a part on the bottom is looked at from below, where left and right have changed places. The one rule for all
 * formats.
 * @param degrees as the source has them, counter-clockwise
 * @param seenThroughTop whether the source looks at the part through the top: a part on the bottom then counts from the
 *   other end, since its own x axis at 0° runs to the left for one who looks from below
 */
export function ownRotation(degrees: number, seenThroughTop: boolean): number {
  return (((seenThroughTop ? 180 - degrees : degrees) % 360) + 360) % 360;
}
