/** A path inside of the output folder as a relative link. */
export function toLink(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** A file path as a URI reference: names that begin like a scheme, or like an option, are marked as paths. */
export function toUri(path: string): string {
  const slashed = /^[A-Za-z]:\\|^\\\\/.test(path) ? path.replaceAll('\\', '/') : path;
  const uri = slashed
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return /^[/.]/.test(uri) ? uri : `./${uri}`;
}
