import { join, resolve } from 'node:path';
import type { Aim } from '../batch/index.js';
import { UserError } from '../errors.js';
import { sha256 } from '../sha256.js';
import { Chooser } from './chooser.js';
import { COMPACT_VERSION } from './compactFile.js';
import { listReferences } from './listReferences.js';
import { type Candidate, identityOf, type Plan, planFor, type ReferenceSource } from './plan.js';
import { readSource } from './readSource.js';
import { readRules } from './ruleFile.js';

/** Where the references of a scan come from: rules first, then one of the other two. */
export interface AimSettings {
  /** One reference for all photos. */
  reference?: string | undefined;
  /** Folder of references, among which each photo finds its own. */
  references?: string | undefined;
  /** Rule file that says which paths belong to which reference. */
  rules?: string | undefined;
  /** No reference: the boards of the batch are compared with each other. */
  noReference?: boolean | undefined;
  /** Fitting of `reference`. */
  variant?: string | undefined;
  maxPixels?: number | undefined;
}

/** What says which photo is compared with which reference. */
export interface Aims {
  aim: (path: string, sha256: string) => Promise<Aim>;
  /** The reference of all photos; null where each has its own. */
  first: Candidate | null;
  end: () => void;
}

/** Where compact features are kept in an output folder. */
const CACHE = 'reference-features';

/** What a photo is to be compared with where it cannot be looked at. */
const NOTHING: Plan = { by: 'features', candidates: [], margin: null, unknown: null };

/**
 * Opens what says which photo is compared with which reference.
 * @param output folder of results, beside which compact features are kept
 * @param say told how far the learning of many references is
 * @returns the aim of a path, the one reference of all photos where there is one, and what ends it
 * @throws UserError when references or rules cannot be used
 */
export async function openAims(
  settings: AimSettings,
  output: string,
  say: (message: string) => void,
): Promise<Aims> {
  refuseNonsense(settings);
  const { reference, references, rules, variant, maxPixels } = settings;
  const fitting = rules === undefined ? null : await readRules(rules);
  const one =
    reference === undefined ? null : planFor('named', await readSource(resolve(reference), variant ?? null));
  const many = references === undefined ? null : await listReferences(resolve(references));
  const chooser = many && new Chooser(many, { cache: join(output, CACHE), maxPixels }, say);
  const byRule = rememberSources();
  return {
    async aim(path) {
      try {
        const match = fitting?.match(path);
        if (match) return fixed(planFor('rule', await byRule(match.reference, match.variant)));
        if (one) return fixed(one);
        if (many && chooser) return chosen(path, many, chooser);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const reason = error.message.startsWith(path) ? error.message : `${path}: ${error.message}`;
        return { reason, hint: error.hint ?? null };
      }
      return {
        reason: `${path}: expected a rule that fits it, got none in ${rules}`,
        hint: 'Add a rule, or say with --reference or --references what all other photos are compared with.',
      };
    },
    first: one && !fitting ? one.candidates[0]! : null,
    end: () => chooser?.end(),
  };
}

/** @throws UserError when it is not said, or said twice, where references come from */
export function refuseNonsense({ reference, references, rules, noReference, variant }: AimSettings): void {
  if (noReference) {
    const beside = Object.entries({ reference, references, rules, variant }).find(([, value]) => value);
    if (!beside) return;
    throw new UserError(
      `--no-reference: expected no reference beside it, got --${beside[0]}`,
      'Leave out one of them: with a golden board, --reference finds more than the boards of a batch find in each other.',
    );
  }
  if (reference === undefined && references === undefined && rules === undefined) {
    throw new UserError(
      'expected --reference REF, --references DIR, --rules FILE or --no-reference, got none of them',
      'With one reference: boardiff scan PATH... --reference REF -o DIR',
    );
  }
  if (reference !== undefined && references !== undefined) {
    throw new UserError(
      'expected either --reference or --references, got both',
      'With --references each photo finds its own.',
    );
  }
  if (variant !== undefined && reference === undefined) {
    throw new UserError(
      '--variant: expected --reference beside it, got none',
      'A rule file can name a variant for each reference: docs/batch.md.',
    );
  }
}

/** The same plan for every photo. */
export function fixed(plan: Plan): Aim {
  const identity = identityOf(plan);
  return { question: identity, target: async () => ({ identity, plan }) };
}

function chosen(path: string, many: readonly ReferenceSource[], chooser: Chooser): Aim {
  const set = many.map(({ name, sha256 }) => [name, sha256]);
  return {
    question: sha256(JSON.stringify(['features', COMPACT_VERSION, set])),
    async target() {
      const plan = (await chooser.choose(path)) ?? NOTHING;
      return { identity: identityOf(plan), plan };
    },
  };
}

/** Reads each reference once: a scan compares all its photos with what was there when it began. */
function rememberSources(): (path: string, variant: string | null) => Promise<ReferenceSource> {
  const known = new Map<string, Promise<ReferenceSource>>();
  return (path, variant) => {
    const key = JSON.stringify([path, variant]);
    const source = known.get(key) ?? readSource(path, variant);
    known.set(key, source);
    return source;
  };
}
