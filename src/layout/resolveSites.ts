import { UserError } from '../errors.js';
import type { ReferenceFile, Site } from './schema.js';

/**
 * Sites as one fitting of a board expects them.
 * @param variant name of the fitting, null for the plain one
 * @throws UserError when the reference knows no such variant
 */
export function resolveSites({ sites, variants, name }: ReferenceFile, variant: string | null): Site[] {
  if (variant === null) return [...sites];
  if (!variants.includes(variant)) {
    const known = variants.length > 0 ? variants.join(', ') : 'it has none';
    throw new UserError(
      `--variant: expected a variant of reference "${name}", got "${variant}"`,
      `Its variants: ${known}.`,
    );
  }
  return sites.map((site) => ({ ...site, expected: site.variants?.[variant] ?? site.expected }));
}
