import { REFERENCE_VERSION } from './schema.js';

/** Brings a description of one version to the next; index 1 takes version 1 to 2. */
const STEPS: Record<number, (old: Record<string, unknown>) => Record<string, unknown>> = {
  // Version 1 knew one golden photo, no rules and no variants; its date made every making of it differ.
  1: ({ created: _, ...old }) => ({
    ...old,
    source: { kind: 'photos', file: null, side: null, lacks: [] },
    variation: null,
    variants: [],
    regions: [],
  }),
};

/**
 * Brings the content of an older `reference.json` up to date, version by version. What is no older reference is
 * given back as it is, for the schema to judge.
 */
export function migrate(value: unknown): unknown {
  let file = value;
  for (;;) {
    const version = (file as { schemaVersion?: unknown } | null)?.schemaVersion;
    if (typeof version !== 'number' || version >= REFERENCE_VERSION) return file;
    const step = STEPS[version];
    if (!step) return file;
    file = { ...step(file as Record<string, unknown>), schemaVersion: version + 1 };
  }
}
