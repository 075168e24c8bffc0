import { byId } from '../../browser/dom.js';
import { showDetails } from './details.js';
import { drawLayout } from './draw.js';
import { handleFilters } from './filters.js';
import { handleForm } from './form.js';
import { handleKeys } from './keys.js';
import { handleList } from './list.js';
import { handlePointer } from './pointer.js';
import { handleEditing } from './save.js';
import { createStore } from './store.js';
import { createView } from './view.js';

/** Puts the page to work. */
function start() {
  const stage = byId('stage', HTMLElement);
  const svg = byId('board', SVGSVGElement);
  const store = createStore(JSON.parse(byId('data', HTMLElement).textContent ?? ''));
  const view = createView(svg, store.layout.frame);
  drawLayout(svg, store, view);
  handlePointer(svg, store, view);
  handleKeys(stage, store, view);
  handleFilters(svg, store, view);
  handleList(store, view);
  showDetails(store);
  if (store.editable) handleForm(store, handleEditing(store));
}

start();
