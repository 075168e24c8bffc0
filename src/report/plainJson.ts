/**
 * JSON in which what steers a terminal, reverses or hides text is written as escapes: it reads back as the same value.
 * JSON itself escapes the controls up to 0x1F alone.
 * @param indent spaces a level; default: one line
 */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (c) =>
    Array.from({ length: c.length }, (_, k) => `\\u${c.charCodeAt(k).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
