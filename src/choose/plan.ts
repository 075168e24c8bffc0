/** A reference as a photo can be compared with it. */
export interface ReferenceSource {
  /** Reference folder or golden photo. */
  path: string;
  /** As the inspection document names it. */
  name: string;
  /** Of reference.json, or of the golden photo. */
  sha256: string;
  /** Fitting to compare with; null for the plain one. */
  variant: string | null;
  /** Ids of the accepted differences that have not expired: results depend on them too. */
  accepted: readonly string[];
}

/** A reference that a photo may show, and how like it the photo is. */
export interface Candidate extends ReferenceSource {
  /** Features of the reference that the photo shows in their places; null where nobody looked. */
  score: number | null;
}

/** What a photo is to be compared with. Plain data: it travels to the worker. */
export interface Plan {
  /** Who says so: the user for all photos, a rule for this path, what the photo looks like, or nobody: the batch itself. */
  by: 'named' | 'rule' | 'features' | 'batch';
  /** Tried in this order until the photo can be registered; one at least. */
  candidates: Candidate[];
  /** How far the first is ahead of the second, 0 to 1 as a share of its score; null where nobody looked. */
  margin: number | null;
  /** Why none of the references is believed; null where one is. */
  unknown: string | null;
}

/** A text that is the same for two plans when they lead to the same results, wherever the references lie. */
export function identityOf({ by, candidates, margin, unknown }: Plan): string {
  const same = candidates.map(({ name, sha256, variant, accepted, score }) => [
    name,
    sha256,
    variant,
    accepted,
    score,
  ]);
  return JSON.stringify([by, same, margin, unknown]);
}

/** The plan for a photo whose reference somebody has named. */
export function planFor(by: 'named' | 'rule' | 'batch', source: ReferenceSource): Plan {
  return { by, candidates: [{ ...source, score: null }], margin: null, unknown: null };
}
