import type { BoardFinding } from './compare/index.js';

/** Findings in a document. A board that differs in more places is another board; who looks at it needs no more. */
const MAX_FINDINGS = 1000;

/**
 * The strongest findings, and the document's notice, which says how many more there were.
 * @param findings strongest first
 * @param notice the document's without them
 */
export function boundFindings(
  findings: readonly BoardFinding[],
  notice: string,
): { kept: BoardFinding[]; notice: string } {
  const more = findings.length - MAX_FINDINGS;
  const cut = ` Only the ${MAX_FINDINGS} strongest findings are listed: ${more} weaker ones were left out.`;
  return { kept: findings.slice(0, MAX_FINDINGS), notice: more > 0 ? notice + cut : notice };
}
