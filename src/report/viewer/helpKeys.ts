/** Keys of the viewer, in groups, for its overlay. */
const KEYS: [string, [string, string][]][] = [
  [
    'Findings',
    [
      ['↓ → j', 'next finding'],
      ['↑ ← k', 'previous finding'],
      ['Enter', 'frame the chosen finding again'],
      ['Esc', 'choose none'],
      ['c', 'copy its site and its places in photo and reference'],
    ],
  ],
  [
    'Views',
    [
      ['1', 'side by side'],
      ['2', 'swipe'],
      ['[ ]', 'move the line of the swipe'],
      ['3', 'blink'],
      ['Space', 'blink by hand'],
      [', .', 'blink slower, faster'],
      ['4', 'difference'],
    ],
  ],
  [
    'Looking around',
    [
      ['+ −', 'zoom in, out; wheel and pinch too'],
      ['0', 'whole board'],
      ['h l', 'left, right'],
      ['H J K L', 'left, down, up, right; arrows with Shift and dragging too'],
    ],
  ],
  [
    'Show or hide',
    [
      ['b', 'boxes of findings'],
      ['m', 'sites that match'],
      ['x', 'places not judged'],
      ['?', 'this list'],
    ],
  ],
];
const REVIEW_KEYS: [string, string][] = [
  ['r', 'real'],
  ['f', 'false call'],
  ['u', 'unsure'],
  ['n', 'note'],
  ['e', 'mark what was missed: drag a box'],
  ['z', 'undo the last decision'],
  ['N P', 'next, previous result'],
];

/** The overlay that lists all keys. */
export function helpDialog(): string {
  const groups = KEYS.map(([title, keys]) => group(title, keys)).join('\n');
  return `<dialog id="help" aria-labelledby="help-title">
<div class="top"><h2 id="help-title">Keys</h2><button type="button" id="help-close">Close <kbd>?</kbd></button></div>
<div class="groups">
${groups}
${group('Decisions', REVIEW_KEYS, ' class="decisions"')}
</div>
<label><input type="checkbox" id="keys-on" checked> Keys of one letter are on. Switch them off where they are in the way of a screen reader or of dictation.</label>
</dialog>`;
}

function group(title: string, keys: readonly [string, string][], more = ''): string {
  const rows = keys.map(([key, words]) => {
    const marks = key.split(' ').map((part) => `<kbd>${part}</kbd>`);
    return `<div><dt>${marks.join(' ')}</dt><dd>${words}</dd></div>`;
  });
  return `<section${more}><h3>${title}</h3><dl>${rows.join('')}</dl></section>`;
}
