import { join } from 'node:path';
import { writeAtomically } from '../files.js';
import { type LayoutView, renderLayoutPage, renderLayoutSvg } from '../report/layout/index.js';

/** Writes layout.html and layout.svg into a folder. */
export async function showLayout(view: LayoutView, folder: string): Promise<void> {
  await writeAtomically(join(folder, 'layout.html'), await renderLayoutPage(view));
  await writeAtomically(join(folder, 'layout.svg'), await renderLayoutSvg(view));
}
