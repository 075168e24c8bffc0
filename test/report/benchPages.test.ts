import { expect, it } from 'vitest';

// The pages are measured on documents that nobody inspected: they must stay what the program writes, or the command that
// measures them ends in the middle.
it('measures pages on documents as the program writes them', async () => {
  const { inspectionOf } = await import('../../bench/pages/viewer.mjs');
  const { manyPhotos } = await import('../../bench/pages/manyPhotos.mjs');
  expect(inspectionOf(3).findings).toHaveLength(3);
  expect(manyPhotos(30).photos).toHaveLength(30);
});
