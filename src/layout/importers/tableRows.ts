import { UserError } from '../../errors.js';

/** A row of a table and where it begins. */
export interface TableRow {
  cells: string[];
  /** Counted from 1. */
  line: number;
  /** Its text as it stands, for tables whose columns are aligned by blanks. */
  text: string;
}

/** What parts the cells: a character, or blanks that align columns. */
export type Separator = ',' | ';' | '\t' | 'blanks';

/** Cells of a row, characters of a row: a quote that is never closed must not swallow the file. */
const MAX_CELLS = 500;
const MAX_ROW = 20_000;

/**
 * Rows of a table in text, one after another. Cells in double quotes may hold separators and line breaks (RFC 4180);
 * blanks around cells and rows without any character are left out.
 * @param name of the file, for messages
 * @throws UserError naming the line of a row that is too long or has a quote that is not closed
 */
export function* tableRows(text: string, separator: Separator, name: string): Generator<TableRow> {
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const from = line;
    const start = at;
    const cells: string[] = [];
    let cell = '';
    let quoted = false;
    let wasQuoted = false;
    const push = () => {
      cells.push(wasQuoted ? cell : cell.trim());
      cell = '';
      wasQuoted = false;
    };
    for (; at < text.length; at++) {
      const char = text[at]!;
      if (at - start > MAX_ROW || cells.length > MAX_CELLS) {
        throw new UserError(
          `${name}: line ${from}: expected a row of at most ${MAX_ROW} characters and ${MAX_CELLS} cells, got more`,
          quoted ? 'A quote is not closed there.' : undefined,
        );
      }
      if (char === '\n') line++;
      if (quoted) {
        if (char !== '"') cell += char;
        else if (text[at + 1] === '"') cell += text[++at];
        else quoted = false;
      } else if (char === '"' && cell.trim() === '') {
        cell = '';
        quoted = true;
        wasQuoted = true;
      } else if (char === '\n') {
        break;
      } else if (separator === 'blanks' ? /\s/.test(char) : char === separator) {
        if (separator !== 'blanks' || cell !== '' || wasQuoted) push();
      } else if (!wasQuoted || char.trim() !== '') cell += char;
    }
    if (quoted)
      throw new UserError(`${name}: line ${from}: expected a closing quote, got the end of the file`);
    if (separator !== 'blanks' || cell !== '' || wasQuoted) push();
    const row = text.slice(start, at).replace(/\r$/, '');
    at++;
    if (row.trim() !== '') yield { cells, line: from, text: row };
  }
}
