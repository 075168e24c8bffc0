export { type Editor, serveEditor } from './serveEditor.js';
