import { byId } from '../../browser/dom.js';

/** The overlay that lists the keys. @returns {{ toggle(): void, readonly open: boolean, readonly keysOn: boolean }} */
export function handleHelp() {
  const dialog = byId('help', HTMLDialogElement);
  const keysOn = byId('keys-on', HTMLInputElement);
  const toggle = () => (dialog.open ? dialog.close() : dialog.showModal());
  byId('help-button', HTMLElement).addEventListener('click', toggle);
  byId('help-close', HTMLElement).addEventListener('click', () => dialog.close());
  // A press on the ground beside it closes it too.
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  return {
    toggle,
    get open() {
      return dialog.open;
    },
    get keysOn() {
      return keysOn.checked;
    },
  };
}
