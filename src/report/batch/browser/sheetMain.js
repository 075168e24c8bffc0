import { byId } from '../../browser/dom.js';
import { keepAddress } from './address.js';
import { handleControls } from './controls.js';
import { handlePanels } from './panels.js';
import { drawRows } from './rows.js';
import { createSheet } from './sheet.js';
import { handleSheetKeys } from './sheetKeys.js';

/** Puts the contact sheet to work. */
function startSheet() {
  const sheet = createSheet(JSON.parse(byId('data', HTMLElement).textContent ?? ''));
  document.body.classList.add('ready');
  handleControls(sheet);
  handlePanels(sheet);
  keepAddress(sheet);
  const list = drawRows(sheet);
  handleSheetKeys(sheet, list);
  if (sheet.at > 0) list.focus();
}

startSheet();
