export { renderJson } from './json.js';
export { renderPicture } from './picture.js';
export { renderSelftestPicture } from './selftestPicture.js';
export { renderSelftestTable } from './selftestTable.js';
export { renderTable } from './table.js';
export { renderHtml, sitesInPage } from './viewer/index.js';
export { VERDICT_WORDS } from './words.js';
