export type { FileDifference } from './compareFiles.js';
export { isExposed, newKey, readPrivateKey, readPublicKey } from './keys.js';
export { type Signed, signFolder } from './signFolder.js';
export { type Verification, verifyFolder } from './verifyFolder.js';
