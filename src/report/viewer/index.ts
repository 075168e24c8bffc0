export { renderHtml } from './page.js';
export { sitesInPage } from './sitesInPage.js';
