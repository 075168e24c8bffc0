/** What the first bytes of a file say it is. `unknown` covers everything that is not a picture we name. */
export type FileKind = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic' | 'gif' | 'svg' | 'pdf' | 'unknown';

/** ISO base media brands of pictures coded with HEVC, which the decoder in use does not carry. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
/** Little and big endian, classic and big files. */
const TIFF_MAGIC = ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'];
const AVIF_BRANDS = new Set(['avif', 'avis']);

/**
 * Tells a file's kind from its content, since names lie.
 * @param head the first bytes of the file, 64 are enough for every kind but HEIF brands further down
 */
export function fileKind(head: Uint8Array): FileKind {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 256)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (TIFF_MAGIC.some((magic) => text.startsWith(magic))) return 'tiff';
  if (text.startsWith('GIF8')) return 'gif';
  if (text.startsWith('%PDF')) return 'pdf';
  if (text.slice(4, 8) === 'ftyp') return heifKind(text);
  if (/^\s*(<\?xml[^>]*>\s*)?<svg/.test(text)) return 'svg';
  return 'unknown';
}

/** HEIF files list a main brand and compatible ones; `mif1` as main brand says nothing of the codec. */
function heifKind(text: string): FileKind {
  const length = Math.min(text.charCodeAt(2) * 256 + text.charCodeAt(3), text.length);
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(text.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.has(brand) || brand === 'mif1')) return 'heic';
  return 'unknown';
}
