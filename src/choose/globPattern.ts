/**
 * A glob as a regular expression that fits from the start of any folder or file name to the end of the path: `*` and
 * `?` stay within a name, `**` does not, `{a,b}` and `[abc]` as usual.
 */
export function globPattern(glob: string): RegExp {
  let source = '';
  let depth = 0;
  for (let k = 0; k < glob.length; k++) {
    const c = glob[k]!;
    if (c === '*' && glob[k + 1] === '*') {
      k++;
      // `a/**/b` fits `a/b` too.
      if (glob[k + 1] === '/') {
        k++;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '{') {
      depth++;
      source += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (c === ',' && depth > 0) source += '|';
    else if (c === '[' && glob.indexOf(']', k + 2) > 0) {
      const end = glob.indexOf(']', k + 2);
      source += `[${glob
        .slice(k + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')}]`;
      k = end;
    } else source += c.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  }
  return new RegExp(`(?:^|/)${source}${')'.repeat(depth)}$`, 'u');
}
