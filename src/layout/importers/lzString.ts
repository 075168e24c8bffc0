const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=';
const BITS = 6;

/**
 * Unpacks what lz-string packs into base64. Its own unpacking knows no limit, and a kilobyte can stand for gigabytes:
 * this one stops. Source of the format: lz-string 1.5, LZ78 with codes that grow by a bit as the dictionary does.
 * @param most characters that the text may have
 * @returns null when it is damaged or longer than that
 */
export function unpackLzString(packed: string, most: number): string | null {
  const values = new Uint8Array(128).fill(255);
  for (let k = 0; k < ALPHABET.length; k++) values[ALPHABET.charCodeAt(k)] = k;
  let at = 0;
  let left = 0;
  let value = 0;
  /** The next bits, lowest first; -1 at the end of the text. */
  const read = (count: number) => {
    let bits = 0;
    for (let k = 0; k < count; k++) {
      if (left === 0) {
        value = values[packed.charCodeAt(at++)] ?? 255;
        if (value === 255) return -1;
        left = BITS;
      }
      left--;
      // "=" stands for 64 and fills up the end; its bits are never looked at by a whole text.
      if ((value >> left) & 1) bits |= 1 << k;
    }
    return bits;
  };

  // Codes 0 and 1 bring a new character of 8 or 16 bits, 2 ends the text.
  const dictionary: string[] = ['', '', ''];
  let width = 3;
  let room = 4;
  const grow = () => {
    if (--room > 0) return;
    room = 1 << width;
    width++;
  };
  const pieces: string[] = [];
  let length = 0;
  let last = '';
  for (;;) {
    let code = read(last === '' ? 2 : width);
    if (code === 2) return pieces.join('');
    if (code === 0 || code === 1) {
      const character = read(code === 0 ? 8 : 16);
      if (character < 0) return null;
      dictionary.push(String.fromCharCode(character));
      code = dictionary.length - 1;
      if (last !== '') grow();
    }
    const first = last === '';
    const piece = code === dictionary.length && !first ? last + last[0] : dictionary[code];
    if (!piece) return null;
    length += piece.length;
    if (length > most || width > 30) return null;
    pieces.push(piece);
    if (!first) {
      dictionary.push(last + piece[0]);
      grow();
    }
    last = piece;
  }
}
