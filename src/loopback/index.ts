export { type FindRoute, sameText } from './guard.js';
export { openBrowser } from './openBrowser.js';
export { send, sendBytes, sendPage } from './send.js';
export { type Loopback, serveLoopback } from './serveLoopback.js';
export { untilStopped } from './untilStopped.js';
