import type { Box } from '../../geometry/index.js';
import type { PageData } from './browser/types.js';

/**
 * Where a page that was made before has its matching sites: where the reference is a lone golden photo, nothing else
 * keeps their places.
 * @param html of the page
 * @returns none for anything that is not such a page
 */
export function sitesInPage(html: string): { id: string; box: Box }[] {
  const block = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1];
  try {
    const { sites } = JSON.parse(block ?? '{}') as Partial<PageData>;
    return (sites ?? []).map(({ id, box }) => ({ id, box }));
  } catch {
    return [];
  }
}
