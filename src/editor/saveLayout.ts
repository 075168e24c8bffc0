import { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import { readReferenceFolder, replaceDescription } from '../layout/index.js';

/** What a save came to, as an HTTP status and its body. */
export type Saved = { status: 200; revision: string } | { status: 400 | 409 | 500; error: string };

const bodySchema = z.strictObject({
  revision: z.string(),
  description: z.looseObject({
    sites: z.array(z.unknown()),
    regions: z.array(z.unknown()),
    variants: z.array(z.unknown()),
  }),
});

/**
 * Writes an edited description into a reference folder, if the folder still holds what was edited.
 * @param body JSON of `{ revision, description }`
 */
export async function saveLayout(folder: string, body: string): Promise<Saved> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return { status: 400, error: `Expected JSON, got something else: ${messageOf(error)}` };
  }
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return {
      status: 400,
      error: `Expected a revision and a description; at ${issue.path.join('.') || 'the top'}: ${issue.message}`,
    };
  }
  const { revision, description } = parsed.data;
  try {
    const { description: before, sha256 } = await readReferenceFolder(folder);
    if (sha256 !== revision) {
      return {
        status: 409,
        error:
          'The reference was changed by something else since this page was opened, and saving would undo that. ' +
          'Load the page again to go on from what the folder holds now; the changes made here are then lost.',
      };
    }
    // The rest is not edited here, so that no page can point a reference at other photos.
    const { sites, regions, variants } = description;
    await replaceDescription(folder, { ...before, sites, regions, variants });
    return { status: 200, revision: (await readReferenceFolder(folder)).sha256 };
  } catch (error) {
    if (!(error instanceof UserError)) return { status: 500, error: messageOf(error) };
    return { status: 400, error: inWords(error, description.sites) };
  }
}

/** What is wrong, with the name of the site instead of its number in the file. */
function inWords({ message, hint }: UserError, sites: readonly unknown[]): string {
  const [, list, index, where, what] = /: at (sites|regions)\.(\d+)\.?([^:]*): (.*)$/s.exec(message) ?? [];
  const id = list === 'sites' ? (sites[Number(index)] as { id?: unknown } | undefined)?.id : undefined;
  const named = id === undefined ? message : `Site ${String(id)}, ${where || 'as a whole'}: ${what}`;
  return `${named.replace(/\.?$/, '.')}${hint ? ` ${hint}` : ''}`;
}
