import { SaxesParser } from 'saxes';
import { messageOf, UserError } from '../../errors.js';
import type { ImporterInput } from './imported.js';

/** What a reader of a stream of XML is told. Names come without their prefix. */
export interface XmlReader {
  /** @param path names of the elements around, the outermost first, this one last */
  open: (path: readonly string[], attributes: Readonly<Record<string, string>>, line: number) => void;
  close: (path: readonly string[]) => void;
}

/** The largest boards of the field come to 200 MB. */
const MAX_BYTES = 512 * 2 ** 20;
const MAX_DEPTH = 64;
const CHUNK = 2 ** 16;

/**
 * Reads XML as a stream, so that memory does not grow with the file: no tree, no texts, no comments are kept. A DOCTYPE
 * is refused, which leaves a file no way to define entities.
 * @throws UserError naming the line of what is no XML, nested too deeply or refused
 */
export function readXml({ name, bytes }: ImporterInput, reader: XmlReader): void {
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${name}: expected at most ${MAX_BYTES >> 20} MiB, got ${bytes.length >> 20} MiB`);
  }
  const parser = new SaxesParser();
  const path: string[] = [];
  const refuse = (expected: string) => {
    throw new UserError(`${name}: line ${parser.line}: ${expected}`);
  };
  parser.on('doctype', () => refuse('expected no DOCTYPE, got one'));
  parser.on('error', (error) => {
    // Its messages begin with line and column.
    refuse(`expected XML, got something else: ${messageOf(error).replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('opentag', (tag) => {
    path.push(localName(tag.name));
    if (path.length > MAX_DEPTH) refuse(`expected at most ${MAX_DEPTH} elements within each other, got more`);
    reader.open(path, tag.attributes, parser.line);
  });
  parser.on('closetag', () => {
    reader.close(path);
    path.pop();
  });
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let from = 0; from < bytes.length; from += CHUNK) {
    parser.write(decoder.decode(bytes.subarray(from, from + CHUNK), { stream: true }));
  }
  parser.write(decoder.decode());
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** UTF-16 by its mark, otherwise UTF-8: IPC-2581 allows no other. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
