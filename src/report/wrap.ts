import { showControls } from './escape.js';

/** Breaks at spaces, and inside words that are longer than a line. Control characters are shown. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const room = Math.max(10, columns - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of showControls(text).split(' ')) {
    let rest = [...word];
    const together = line === '' ? rest.length : [...line].length + 1 + rest.length;
    if (together <= room) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    if (line !== '') lines.push(indent + line);
    for (; rest.length > room; rest = rest.slice(room)) lines.push(indent + rest.slice(0, room).join(''));
    line = rest.join('');
  }
  return line === '' && lines.length > 0 ? lines : [...lines, indent + line];
}
