import { FINDING_KINDS } from '../../document/index.js';
import { plainJson } from '../plainJson.js';
import type { BatchReport } from './row.js';

/** COCO: photos that were judged as images, findings with a place in the photo as annotations, their kinds as categories. */
export function renderBatchCoco({ photos, notice, tool }: BatchReport): string {
  const images: object[] = [];
  const annotations: object[] = [];
  for (const { path, width, height, sha256, status, findings } of photos) {
    if (width === null || status === 'failed') continue;
    const image = images.push({ id: images.length + 1, file_name: path, width, height, sha256, status });
    for (const { id, kind, score, site, label, box } of findings) {
      if (!box) continue;
      annotations.push({
        id: annotations.length + 1,
        image_id: image,
        category_id: FINDING_KINDS.indexOf(kind) + 1,
        bbox: [box.x, box.y, box.width, box.height],
        area: box.width * box.height,
        iscrowd: 0,
        score,
        finding: id,
        site,
        label,
      });
    }
  }
  const categories = FINDING_KINDS.map((name, k) => ({ id: k + 1, name, supercategory: 'finding' }));
  const info = { description: notice, version: `${tool.name} ${tool.version}` };
  return `${plainJson({ info, licenses: [], images, annotations, categories }, 1)}\n`;
}
