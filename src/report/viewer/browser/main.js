import { byId } from '../../browser/dom.js';
import { createBitmaps } from './bitmaps.js';
import { handleCopying } from './copy.js';
import { showDetails } from './details.js';
import { handleHelp } from './help.js';
import { handleKeys } from './keys.js';
import { handleList } from './list.js';
import { handlePointer } from './pointer.js';
import { handleReview } from './review.js';
import { paneSize, runStage } from './stage.js';
import { createStore } from './store.js';
import { handleToolbar } from './toolbar.js';
import { createView } from './view.js';

/** Puts the page to work. @param {import('./marks.js').Kinds} kinds signs and colours of the kinds */
export function start(kinds) {
  /** @type {import('./types.js').PageData} */
  const data = JSON.parse(byId('data', HTMLElement).textContent ?? '');
  const view = createView(paneSize, data.frame);
  const store = createStore(data, view);
  const bitmaps = createBitmaps(data);
  showDetails(store, kinds);
  handleList(store, view, kinds);
  handleCopying();
  handleToolbar(store, view);
  const help = handleHelp();
  const review = handleReview(store, view);
  handleKeys(store, view, help, review.key);
  handlePointer(byId('stage', HTMLElement), store, view, review.drawn);
  runStage(store, view, bitmaps, kinds);
  view.fit();
  document.body.classList.add('ready');
}
