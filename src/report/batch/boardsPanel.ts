import { escapeHtml } from '../escape.js';
import { count, VERDICT_COLORS, VERDICT_WORDS } from '../words.js';
import { countBoards } from './boards.js';
import { toLink } from './links.js';
import type { BoardRow } from './row.js';

/** Boards of several photos, with a link to the report of each. */
export function boardsPanel(boards: readonly BoardRow[]): string {
  const { differs, matches, 'not-judged': open } = countBoards(boards);
  const rows = boards.map(({ board, verdict, missing, photos }) => {
    const items = photos.map(({ path, folder, side, shot }) => {
      const name = escapeHtml([side, shot].filter(Boolean).join(' ') || path);
      return folder === null ? name : `<a href="${toLink(`${folder}/report.html`)}">${name}</a>`;
    });
    const plate = `<span class="plate" style="background:${VERDICT_COLORS[verdict]}">${VERDICT_WORDS[verdict]}</span>`;
    return `<tr><th scope="row">${escapeHtml(board)}</th><td>${plate}${missing.length > 0 ? ` ${escapeHtml(missing.join('; '))}` : ''}</td><td>${items.join(', ')}</td></tr>`;
  });
  return `<details id="boards-panel" open><summary><h2>${count(boards.length, 'board')}: ${differs} differing, ${matches} matching, ${open} not judged</h2></summary>
<table><thead><tr><th scope="col">Board</th><th scope="col">Verdict</th><th scope="col">Photos</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></details>`;
}
