import { UserError } from '../../errors.js';

/** A list in brackets: words and lists, the first word says what it is. */
export interface SList {
  /** Line of its opening bracket, counted from 1. */
  line: number;
  items: (string | SList)[];
}

/** KiCad nests about 8 deep. */
const MAX_DEPTH = 64;
/** Words and lists of what is read, all told; a board of 5,000 parts has about two million. */
const MAX_ITEMS = 16_000_000;

const [OPEN, CLOSE, QUOTE, BACKSLASH, NEWLINE, BLANK] = [40, 41, 34, 92, 10, 32] as const;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads the lists within the outermost list of a file, one after another, in time that grows with the text alone. Only
 * wanted lists are built; most of a board's file is tracks and copper, which are passed over.
 * @param name of the file, for messages
 * @param root first word that the outermost list must have
 * @param wanted whether a list is to be built, by its first word
 * @throws UserError naming the line when the file is cut off, nested too deeply, or has another root
 */
export function* sExpressions(
  text: string,
  name: string,
  root: string,
  wanted: (head: string) => boolean,
): Generator<SList> {
  let line = 1;
  let items = 0;
  /** Lists that are open and kept, outermost first; empty while a list is passed over. */
  const open: SList[] = [];
  /** Line where each open list began, kept or not. */
  const lines: number[] = [];
  /** The next word is the first one of a list within the root. */
  let atHead = false;
  let rootSeen = false;

  const word = (value: string) => {
    if (lines.length === 0) throw new UserError(`${name}: line ${line}: expected "(", got "${short(value)}"`);
    if (lines.length === 1 && !rootSeen) {
      if (value !== root) {
        throw new UserError(`${name}: line ${line}: expected (${root} …), got (${short(value)} …)`);
      }
      rootSeen = true;
    } else if (atHead) {
      if (wanted(value)) open.push({ line: lines[1]!, items: [value] });
    } else if (open.length > 0) {
      open.at(-1)!.items.push(value);
    }
    atHead = false;
    if (open.length > 0 && ++items > MAX_ITEMS) {
      throw new UserError(`${name}: line ${line}: expected at most ${MAX_ITEMS} words, got more`);
    }
  };

  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      line++;
      at++;
    } else if (code <= BLANK) {
      at++;
    } else if (code === OPEN) {
      if (lines.length >= MAX_DEPTH) {
        throw new UserError(`${name}: line ${line}: expected at most ${MAX_DEPTH} lists within each other`);
      }
      lines.push(line);
      if (lines.length > 1 && !rootSeen) throw new UserError(`${name}: line ${line}: expected (${root} …)`);
      atHead = lines.length === 2;
      if (open.length > 0) {
        const list: SList = { line, items: [] };
        open.at(-1)!.items.push(list);
        open.push(list);
        items++;
      }
      at++;
    } else if (code === CLOSE) {
      if (lines.length === 0) throw new UserError(`${name}: line ${line}: expected "(", got ")"`);
      lines.pop();
      atHead = false;
      const done = open.pop();
      if (done && open.length === 0) yield done;
      at++;
      // What follows the board is none of it.
      if (lines.length === 0) return;
    } else if (code === QUOTE) {
      const from = line;
      let end = at + 1;
      let escaped = false;
      for (; end < text.length && text.charCodeAt(end) !== QUOTE; end++) {
        if (text.charCodeAt(end) === BACKSLASH) {
          escaped = true;
          end++;
        }
        if (text.charCodeAt(end) === NEWLINE) line++;
      }
      if (end >= text.length)
        throw new UserError(`${name}: line ${from}: expected a closing quote, got none`);
      const raw = text.slice(at + 1, end);
      word(escaped ? raw.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter) : raw);
      at = end + 1;
    } else {
      let end = at + 1;
      while (end < text.length) {
        const next = text.charCodeAt(end);
        if (next <= BLANK || next === OPEN || next === CLOSE) break;
        end++;
      }
      word(text.slice(at, end));
      at = end;
    }
  }
  const unclosed = lines.at(-1);
  throw new UserError(
    unclosed === undefined
      ? `${name}: expected (${root} …), got nothing`
      : `${name}: line ${line}: expected ")" for the list that begins in line ${unclosed}, got the end of the file`,
    'The file was cut off or altered: save it again.',
  );
}

/** The first list within `list` that begins with `head`. */
export function listOf({ items }: SList, head: string): SList | undefined {
  return items.find((item): item is SList => typeof item !== 'string' && item.items[0] === head);
}

/** The word at an index; undefined where there is none or a list. */
export function wordAt(list: SList | undefined, index: number): string | undefined {
  const item = list?.items[index];
  return typeof item === 'string' ? item : undefined;
}

function short(word: string): string {
  return word.slice(0, 40);
}
