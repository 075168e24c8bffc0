import { sha256 } from '../sha256.js';
import type { ReferenceFolder } from './referenceFolder.js';
import { toText } from './toText.js';

/**
 * Whether a hash is that of a reference as it is, or as it was before the last of its tolerances were added: sites and
 * places mean the same then.
 * @param hash of a reference.json, as inspections have it
 */
export function sameButForTolerances(
  { description, sha256: now }: Pick<ReferenceFolder, 'description' | 'sha256'>,
  hash: string,
): boolean {
  if (hash === now) return true;
  const { tolerances = [], ...rest } = description;
  for (let kept = tolerances.length; kept >= 0; kept--) {
    const before = kept === 0 ? rest : { ...rest, tolerances: tolerances.slice(0, kept) };
    if (sha256(toText(before)) === hash) return true;
  }
  return false;
}
