import { UserError } from './errors.js';
import { readLayout } from './importReference.js';
import {
  type Expectation,
  type ReferenceFile,
  readReferenceFolder,
  replaceDescription,
  type Site,
} from './layout/index.js';

/** What {@link importVariant} did. */
export interface ImportedVariant {
  description: ReferenceFile;
  /** Sites that expect something else in this fitting. */
  differing: number;
  remarks: string[];
}

/**
 * Notes another fitting of a board in its reference: what a file of that fitting expects at each site, by designator. A
 * site that the file does not name expects no part.
 * @param file of any format that can be imported
 * @param folder reference folder that is there already
 * @param variant name of the fitting; one that is known is replaced
 * @throws UserError when file and reference have no designator in common; nothing is changed then
 */
export async function importVariant(file: string, folder: string, variant: string): Promise<ImportedVariant> {
  const layout = await readLayout(file);
  const { description: before } = await readReferenceFolder(folder);
  const { side } = before.source;
  const expectations = new Map<string, Expectation>();
  for (const site of layout.sites) {
    if (side === null || site.side === null || site.side === side) expectations.set(site.id, site.expected);
  }
  const known = before.sites.filter(({ id }) => expectations.has(id)).length;
  if (known === 0) {
    throw new UserError(
      `${file}: expected designators of reference "${before.name}", got none of its ${before.sites.length}`,
      'Variants are told by designator: make the reference from data that has them.',
    );
  }
  let differing = 0;
  const sites = before.sites.map((site): Site => {
    const { variants: old, ...rest } = site;
    const variants = { ...old };
    delete variants[variant];
    const expected = expectations.get(site.id) ?? 'empty';
    if (expected !== site.expected) {
      variants[variant] = expected;
      differing++;
    }
    return Object.keys(variants).length > 0 ? { ...rest, variants } : rest;
  });
  const description = await replaceDescription(folder, {
    ...before,
    variants: before.variants.includes(variant) ? before.variants : [...before.variants, variant],
    sites,
  });
  const more = expectations.size - known;
  return {
    description,
    differing,
    remarks: [
      ...layout.remarks,
      ...(more > 0 ? [`${more} parts of the file are at no site of the reference and were left out.`] : []),
    ],
  };
}
