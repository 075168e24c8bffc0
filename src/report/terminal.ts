import { showControls } from './escape.js';

/** What boardiff itself sends to a terminal: line ends, its few colours, and the renewing of a line of progress. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OURS = /(\n|\r?\x1b\[(?:K|(?:0|1|2|22|3[1-6]|39)m))/;

/**
 * Text for a terminal: of control characters only those pass that boardiff itself sends. Whatever a file name, a label
 * or a library's message brings is shown, not obeyed. The last line of defence: tables show controls themselves.
 */
export function forTerminal(text: string): string {
  return text
    .split(OURS)
    .map((part, k) => (k % 2 === 1 ? part : showControls(part)))
    .join('');
}
