/**
 * Paths out of a list, such as `find` prints it.
 * @param nul whether NUL ends each path, as of `find -print0`; else a line break does
 */
export function readList(text: string, nul: boolean): string[] {
  const paths = nul ? text.split('\0') : text.split('\n').map((line) => line.replace(/\r$/, ''));
  return paths.filter((path) => path !== '');
}
