import type { Inspection } from '../../document/index.js';
import { MIN_COVERAGE, type MinCoverage, whatIsMissing } from '../../enoughJudged.js';

/** What a photo lets one judge of the side that it shows. */
export interface JudgedPhoto {
  /** Reference that it was compared with: one a side. */
  side: string;
  open: NonNullable<Inspection['coverage']['open']>;
  least: MinCoverage;
}

/** What an inspection says of that; null where its photo could not be laid onto the reference, or it was saved before. */
export function judgedPhoto({ reference, coverage, settings }: Inspection): JudgedPhoto | null {
  if (!coverage.open) return null;
  return {
    side: `${reference.name} ${reference.sha256} ${reference.variant ?? ''}`,
    open: coverage.open,
    least: settings?.minCoverage ?? MIN_COVERAGE,
  };
}

/**
 * What is missing for a board to be said to match when all photos of a side are taken together: a place that any of them
 * lets one judge is judged. Of places that several photos show in part only the largest share counts, so that no more
 * is said to be judged than was.
 * @param photos of one board, of one side or of several
 * @returns a sentence each; none where nothing is missing
 */
export function missingTogether(photos: readonly JudgedPhoto[]): string[] {
  const sides = new Map<string, JudgedPhoto[]>();
  for (const photo of photos) sides.set(photo.side, [...(sides.get(photo.side) ?? []), photo]);
  return [...sides.values()].flatMap(missingOfSide);
}

function missingOfSide(photos: readonly JudgedPhoto[]): string[] {
  const [first, ...others] = photos.map(({ open }) => open) as [
    JudgedPhoto['open'],
    ...JudgedPhoto['open'][],
  ];
  const inAll = (list: readonly string[], of: (open: JudgedPhoto['open']) => readonly string[]) =>
    list.filter((name) => others.every((open) => of(open).includes(name)));
  const { board } = first.surface;
  const judged = first.surface.judged.map((share, k) =>
    Math.max(share, ...others.map(({ surface }) => surface.judged[k] ?? 0)),
  );
  const openSites = inAll(first.sites, ({ sites }) => sites).length;
  const least = {
    sites: Math.max(...photos.map(({ least }) => least.sites)),
    surface: Math.max(...photos.map(({ least }) => least.surface)),
  };
  return whatIsMissing(
    {
      surface: sum(board) === 0 ? 0 : sum(judged) / sum(board),
      sites: { judged: first.ofSites - openSites, of: first.ofSites },
      unseen: inAll(first.highRisk, ({ highRisk }) => highRisk),
    },
    least,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
