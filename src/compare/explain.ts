import type { FindingKind } from '../document/index.js';

/** What is known of a finding when it is put into words. */
export interface ExplanationDetail {
  /** Class that the site expects, or of the part seen. */
  label: string | null;
  site: string | null;
  /** Class seen instead. */
  seen?: string;
  /** How far a part has moved, in reference pixels. */
  distancePx?: number;
}

/** One sentence that a technician understands: what is seen, what the reference shows, without jargon. */
export function explain(kind: FindingKind, { label, site, seen, distancePx }: ExplanationDetail): string {
  const part = label ? withArticle(label) : 'a part';
  const where = site ? ` at ${site}` : '';
  switch (kind) {
    case 'unexpected-part':
      return `There is what looks like ${part} here; the reference shows bare board.`;
    case 'missing-part':
      return `The reference has ${part}${where}; in the photo it is not there.`;
    case 'shifted-part':
      return `The ${label ?? 'part'}${where} lies ${Math.round(distancePx ?? 0)} px from where the reference has it.`;
    case 'rotated-part':
      return `The ${label ?? 'part'}${where} is turned against the reference.`;
    case 'wrong-part':
      return seen && seen !== label
        ? `The reference has ${part}${where}; the photo shows what looks like ${withArticle(seen)}.`
        : `The ${label ?? 'part'}${where} looks different from the reference: another part, or other marking.`;
    case 'unexplained-change':
      return 'The surface differs from the reference here, and no known part explains it: look closely.';
  }
}

function withArticle(label: string): string {
  return `${/^([aeio]|led\b)/i.test(label) ? 'an' : 'a'} ${label === 'ic' || label === 'led' ? label.toUpperCase() : label}`;
}
