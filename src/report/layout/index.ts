export { type LayoutPageOptions, pagePolicy, renderLayoutPage } from './page.js';
export { renderLayoutSvg } from './svg.js';
export type { LayoutView } from './view.js';
