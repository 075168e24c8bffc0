import type { Verdict } from '../document/index.js';

/** What the command tells the shell. */
export const EXIT = {
  matches: 0,
  differs: 1,
  failed: 2,
  'not-judged': 3,
} as const satisfies Record<Verdict | 'failed', number>;
