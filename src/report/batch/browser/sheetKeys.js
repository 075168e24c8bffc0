import { byId } from '../../browser/dom.js';

/**
 * The keyboard: everything can be done without a mouse.
 * @param {import('./types.js').Sheet} sheet
 * @param {{ focus: () => void }} list
 */
export function handleSheetKeys(sheet, list) {
  const help = byId('help', HTMLDialogElement);
  const text = byId('text', HTMLInputElement);
  byId('keys', HTMLElement).addEventListener('click', () => help.showModal());
  /** @param {number} to */
  const go = (to) => {
    if (sheet.shown.length === 0) return;
    sheet.move(to);
    list.focus();
  };
  const page = () => Math.max(1, Math.floor(innerHeight / 120));

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const { key, target } = event;
    const element = target instanceof Element ? target : document.body;
    const typing = element.matches('input, select, textarea');
    if (typing) {
      if (key === 'Escape' && element === text && text.value !== '') sheet.choose({ text: '' });
      else if (key === 'Escape' || (element === text && (key === 'ArrowDown' || key === 'Enter')))
        go(sheet.at);
      else return;
      event.preventDefault();
      return;
    }
    // Buttons answer to Enter themselves.
    const free = element === document.body || element.closest('#table') !== null;
    /** @type {Record<string, (() => void) | undefined>} */
    const actions = {
      j: () => go(inList(element) ? sheet.at + 1 : sheet.at),
      k: () => go(inList(element) ? sheet.at - 1 : sheet.at),
      '/': () => {
        text.focus();
        text.select();
      },
      '?': () => help.showModal(),
      x: () => sheet.reset(),
      ...(free && !element.matches('button')
        ? {
            ArrowDown: () => go(inList(element) ? sheet.at + 1 : sheet.at),
            ArrowUp: () => go(inList(element) ? sheet.at - 1 : sheet.at),
            PageDown: () => go(sheet.at + page()),
            PageUp: () => go(sheet.at - page()),
            Home: () => go(0),
            End: () => go(sheet.shown.length - 1),
          }
        : {}),
      ...(free && !inList(element) && !element.matches('button') ? { Enter: () => openCurrent() } : {}),
    };
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  });

  function openCurrent() {
    list.focus();
    if (document.activeElement instanceof HTMLAnchorElement) document.activeElement.click();
  }
}

/** @param {Element} element */
function inList(element) {
  return element.closest('.row') !== null;
}
