export { openBrowser } from './openBrowser.js';
export { type Editor, serveEditor } from './serveEditor.js';
