// Damages inputs: the same seed damages them alike on every machine.

/** What comes in handy for breaking things: names of prototypes, paths, escapes, markup, numbers at the edge. */
const WORDS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '../',
  '../../../../etc/passwd',
  '/dev/zero',
  'C:\\',
  '\0',
  '\n',
  '\r\n',
  '\x1b]0;canary\x07',
  '\x1b[31mcanary',
  '\x9b31mcanary',
  '\u202e',
  '\u2028',
  '\ud800',
  '<script>canary</script>',
  '"><img src=x onerror=canary>',
  "'><img src=x onerror=canary>",
  'javascript:canary',
  '&lt;',
  ']]>',
  '-->',
  '=cmd|canary',
  '%00',
  '%2e%2e%2f',
  '`canary`',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'true',
  '1e308',
  '1e999',
  '-1',
  '0',
  '-0',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '1_0',
  '[[[[[[[[',
  '{{{{',
  '((((((((',
  '))))',
  '"',
  "'",
  '\\',
  ',',
  ';',
  '\t',
];
const VALUES = [
  ...WORDS,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  1e-320,
  2 ** 31,
  2 ** 53,
  [],
  {},
  [[]],
  '',
  'x'.repeat(5000),
  Array(300).fill(0),
  Array(300).fill('a'),
];

/** Some bytes changed, cut out, doubled, put in or taken from another seed. */
export function mutateBytes(bytes, random, other = bytes) {
  let out = Buffer.from(bytes);
  const rounds = random.integer(1, random.pick([1, 2, 4, 16]));
  for (let k = 0; k < rounds; k++) {
    const at = random.integer(0, Math.max(0, out.length - 1));
    const length = random.integer(1, random.pick([1, 4, 64, 1024]));
    const cut = (from, to) => out.subarray(Math.min(from, out.length), Math.min(to, out.length));
    switch (random.integer(0, 8)) {
      case 0:
        if (out.length) out[at] ^= 1 << random.integer(0, 7);
        break;
      case 1:
        if (out.length) out[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.integer(0, 255)]);
        break;
      case 2:
        out = Buffer.concat([cut(0, at), cut(at + length, out.length)]);
        break;
      case 3:
        out = Buffer.concat([cut(0, at + length), cut(at, out.length)]);
        break;
      case 4:
        out = Buffer.concat([cut(0, at), Buffer.from(random.pick(WORDS)), cut(at, out.length)]);
        break;
      case 5:
        out = cut(0, at);
        break;
      case 6: {
        const from = random.integer(0, Math.max(0, other.length - 1));
        out = Buffer.concat([cut(0, at), other.subarray(from, from + length), cut(at + length, out.length)]);
        break;
      }
      case 7: // a number of four bytes, as sizes and offsets are written
        if (out.length >= at + 4)
          out.writeUInt32LE(random.pick([0, 1, 0x7fffffff, 0x80000000, 0xffffffff]), at);
        break;
      default:
        if (out.length >= at + 4) out.writeUInt32BE(random.pick([0, 1, 0xffff, 0x7fffffff, 0xffffffff]), at);
    }
    out = Buffer.from(out.subarray(0, 4_000_000));
  }
  return out;
}

/** JSON with one or a few values, keys or lists replaced; what JSON cannot say (`__proto__` as a key) included. */
export function mutateJson(text, random) {
  const value = JSON.parse(text);
  for (let k = random.integer(1, 3); k > 0; k--) mutateValue(value, random);
  // Keys of their own, which an object literal would not make.
  return JSON.stringify(value).replaceAll('"@proto"', '"__proto__"');
}

function mutateValue(root, random) {
  let at = root;
  for (;;) {
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = random.pick(keys);
    const value = at[key];
    if (value && typeof value === 'object' && Object.keys(value).length > 0 && random.next() < 0.8) {
      at = value;
      continue;
    }
    const what = random.integer(0, 5);
    if (what === 0) delete at[key];
    else if (what === 1)
      at[random.pick(['@proto', 'constructor', 'extra', ...WORDS.slice(0, 8)])] = structuredClone(
        random.pick(VALUES),
      );
    else if (what === 2 && Array.isArray(at)) at.push(...[...at].slice(0, 50));
    else if (what === 3 && typeof value === 'string') at[key] = value + random.pick(WORDS);
    else if (what === 4 && typeof value === 'number')
      at[key] = random.pick([-value, value * 1e6, value + 0.5, 0, 1e308]);
    else at[key] = structuredClone(random.pick(VALUES));
    return;
  }
}

/** Text by its bytes, or by lines and words. */
export function mutateText(text, random) {
  if (random.next() < 0.5) return mutateBytes(Buffer.from(text), random);
  const lines = text.split('\n');
  for (let k = random.integer(1, 3); k > 0; k--) {
    const at = random.integer(0, lines.length - 1);
    const words = (lines[at] ?? '').split(/([\s,;()"<>=]+)/);
    const what = random.integer(0, 4);
    if (what === 0) lines.splice(at, 1);
    else if (what === 1) lines.splice(at, 0, ...Array(random.pick([1, 2, 500])).fill(lines[at]));
    else if (what === 2) lines.splice(at, 1, lines[random.integer(0, lines.length - 1)]);
    else words[random.integer(0, words.length - 1)] = random.pick(WORDS);
    if (what > 2) lines[at] = words.join('');
  }
  return Buffer.from(lines.join('\n'));
}
