const MOST = 8;

/** Names in a sentence, the first few of many: "R1, R2 and 30 more". */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map((name) => name.slice(0, 40) || 'one without a name');
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
