/** What one photo is compared with. */
export interface Target {
  /** Stands for all that its results depend on beside the photo and the scan's fingerprint. */
  identity: string;
  /** Plain data for the worker. */
  plan: unknown;
}

/** Where a photo's target comes from, or why it has none. */
export type Aim =
  | {
      /** Stands for all that the target could come from: while it is the same, so is the target of a photo. */
      question: string;
      /** Looks at the photo where it must; called only where the journal does not know the answer. */
      target: () => Promise<Target>;
    }
  | { reason: string; hint: string | null };
