/** What a pattern finds in a path, with `/` in it. */
export function namesInPath(
  path: string,
  pattern: RegExp,
): Partial<Record<'board' | 'side' | 'shot', string>> {
  return pattern.exec(path.replaceAll('\\', '/'))?.groups ?? {};
}
