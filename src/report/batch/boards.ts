import type { Verdict } from '../../document/index.js';
import { namesInPath } from '../../namesInPath.js';
import { type JudgedPhoto, missingTogether } from './judgedTogether.js';
import type { BoardRow, Row } from './row.js';

const WORST_FIRST: readonly Verdict[] = ['differs', 'not-judged', 'matches'];

/**
 * Puts photos together that show one board. A board differs when one of its photos does. Overlapping photos of one side
 * make up for each other: what any of them lets one judge is judged. A photo that failed or was refused leaves a board
 * without differences not judged. A photo that the pattern does not fit is a board by itself: none may get
 * lost.
 * @param pattern with a group named `board`, and where there is one `side` and `shot`, looked for in the path
 * @param judged what each photo lets one judge, by path; photos without it are judged by their verdicts
 * @returns boards that differ first, then those not judged, by name
 */
export function toBoards(
  rows: readonly Row[],
  pattern: RegExp,
  judged: ReadonlyMap<string, JudgedPhoto> = new Map(),
): BoardRow[] {
  const photos = new Map<string, Row[]>();
  for (const row of rows) {
    const { board = row.path } = namesInPath(row.path, pattern);
    photos.set(board, [...(photos.get(board) ?? []), row]);
  }
  const boards = [...photos].map(
    ([board, rows]): BoardRow => ({
      board,
      ...judge(rows, judged),
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

/** The verdict of a board by its photos, and what is missing where it is not judged. */
function judge(
  rows: readonly Row[],
  judged: ReadonlyMap<string, JudgedPhoto>,
): Pick<BoardRow, 'verdict' | 'missing'> {
  if (rows.some(({ status }) => status === 'differs')) return { verdict: 'differs', missing: [] };
  if (rows.every(({ status }) => status === 'matches')) return { verdict: 'matches', missing: [] };
  const missing = [
    ...rows.flatMap((row) =>
      judged.has(row.path) || row.status === 'matches' ? [] : [`${row.path} ${lostBy(row)}`],
    ),
    ...missingTogether(rows.flatMap(({ path }) => judged.get(path) ?? [])),
  ];
  return { verdict: missing.length > 0 ? 'not-judged' : 'matches', missing };
}

/** What became of a photo that lets one judge nothing. */
function lostBy({ status, refused }: Row): string {
  if (status === 'failed') return 'failed';
  return refused ? 'was refused' : 'is not judged';
}

/** Numbers of boards by verdict. */
export function countBoards(boards: readonly BoardRow[]): Record<Verdict, number> {
  const counts = { differs: 0, 'not-judged': 0, matches: 0 };
  for (const { verdict } of boards) counts[verdict]++;
  return counts;
}
