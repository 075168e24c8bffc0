import { announce } from '../../browser/dom.js';

/** Buttons that copy the text they carry. */
export function handleCopying() {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-copy]') : null;
    if (button instanceof HTMLButtonElement) copy(button.dataset['copy'] ?? '', button);
  });
}

/** What a finding is, its site and both places as text for the clipboard. @param {import('./types.js').PageFinding | undefined} finding */
export function copyPlaces(finding) {
  if (!finding) return;
  const { name, words, site, inPhoto, inReference } = finding;
  const parts = [inPhoto && `photo ${inPhoto}`, inReference && `reference ${inReference}`].filter(Boolean);
  const what = site === null ? `${name} ${words}` : `${name} ${words} at ${site}`;
  copy(`${what}: ${parts.join('; ') || 'no place'}`, document.querySelector('#details [data-copy]'));
}

/** @param {string} text @param {Element | null} button says that it was done */
async function copy(text, button) {
  const done = await write(text);
  announce(done ? `Copied: ${text}` : 'The browser did not let this page copy.');
  if (!button) return;
  const word = button.textContent;
  button.textContent = done ? 'Copied' : 'Not copied';
  setTimeout(() => {
    button.textContent = word === 'Copied' || word === 'Not copied' ? 'Copy' : word;
  }, 1500);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages from disk may not have the clipboard; the old way works there.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
