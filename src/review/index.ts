export { type Review, type ReviewOptions, serveReview } from './serveReview.js';
