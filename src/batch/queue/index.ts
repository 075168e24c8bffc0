export { placeOf } from './connectRedis.js';
export { sendJobs } from './sendJobs.js';
export { takeJobs } from './takeJobs.js';
