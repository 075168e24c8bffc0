export { renderHtml } from './html.js';
export { renderJson } from './json.js';
export { renderPicture } from './picture.js';
export { renderTable } from './table.js';
