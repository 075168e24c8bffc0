import { expect, it } from 'vitest';
import { jsonInHtml } from '../../src/report/inlineScript.js';
import { plainJson } from '../../src/report/plainJson.js';

/** DEL, CSI of eight bits, an override, a line separator, a tag character beyond 16 bits. */
const steers = 'a\x7f\x9b31m\u202egpj\u2028\u{e0041}\x1b[2J.jpg';

it('writes no character that steers a terminal or hides text, and reads back as it was', () => {
  for (const text of [plainJson({ [steers]: [steers] }, 2), jsonInHtml({ [steers]: [steers] })]) {
    // Nothing but letters, JSON's own signs and line breaks.
    expect(text).toMatch(/^[\n -~]+$/);
    expect(JSON.parse(text)).toEqual({ [steers]: [steers] });
  }
});

it('leaves all other text as it is', () => {
  const value = { 'Прив\u0301ет 板': '"\\ é 😀', list: [1, null, true] };
  expect(plainJson(value)).toBe(JSON.stringify(value));
  expect(plainJson(value, 2)).toBe(JSON.stringify(value, null, 2));
});
