import type { Verdict } from '../../document/index.js';
import { namesInPath } from '../../namesInPath.js';
import type { BoardRow, Row } from './row.js';

const WORST_FIRST: readonly Verdict[] = ['differs', 'not-judged', 'matches'];

/**
 * Puts photos together that show one board. A photo that the pattern does not fit is a board by itself: none may get
 * lost.
 * @param pattern with a group named `board`, and where there is one `side` and `shot`, looked for in the path
 * @returns boards that differ first, then those not judged, by name
 */
export function toBoards(rows: readonly Row[], pattern: RegExp): BoardRow[] {
  const photos = new Map<string, Row[]>();
  for (const row of rows) {
    const { board = row.path } = namesInPath(row.path, pattern);
    photos.set(board, [...(photos.get(board) ?? []), row]);
  }
  const boards = [...photos].map(
    ([board, rows]): BoardRow => ({
      board,
      verdict: verdictOfBoard(rows),
      photos: rows.map(({ path, status, folder }) => {
        const { side = null, shot = null } = namesInPath(path, pattern);
        return { path, side, shot, status, folder };
      }),
    }),
  );
  return boards.sort(
    (a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict) || (a.board < b.board ? -1 : 1),
  );
}

/**
 * The verdict of a board by the verdicts of its photos: the worst of them; a photo without a verdict leaves the board
 * without one. Whoever joins several shots of one side by place puts that here.
 */
function verdictOfBoard(photos: readonly Row[]): Verdict {
  const worst = Math.min(
    ...photos.map(({ status }) => WORST_FIRST.indexOf(status === 'failed' ? 'not-judged' : status)),
  );
  return WORST_FIRST[worst]!;
}

/** Numbers of boards by verdict. */
export function countBoards(boards: readonly BoardRow[]): Record<Verdict, number> {
  const counts = { differs: 0, 'not-judged': 0, matches: 0 };
  for (const { verdict } of boards) counts[verdict]++;
  return counts;
}
