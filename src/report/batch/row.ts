import type { Finding, Inspection, NotJudgedReason, Verdict } from '../../document/index.js';

/** One photo in a list of many: what a reader needs to decide which to look at. */
export interface Row {
  path: string;
  sha256: string | null;
  status: Verdict | 'failed';
  /** Whether the photo could not be laid onto the reference at all. */
  refused: boolean;
  /** What keeps the largest place of a photo from being judged that shows too little; null for all others. */
  cause: NotJudgedReason | null;
  /** Why it failed or could not be judged, and what to do; null where there is a verdict. */
  reason: string | null;
  hint: string | null;
  /** Of its results inside of the output folder, with `/`; null where there are none. */
  folder: string | null;
  /** Name of the reference it was compared with; null where there are no results. */
  reference: string | null;
  width: number | null;
  height: number | null;
  judgedFraction: number | null;
  /** Sites with a verdict. */
  judgedSites: number;
  /** When it was inspected, in ISO 8601; null where that is not known. */
  at: string | null;
  /** Strongest first. */
  findings: Finding[];
  /** Places of differences that were too weak to be told. */
  weak: NonNullable<Inspection['weak']>;
}

/** One board of several photos. */
export interface BoardRow {
  board: string;
  /** Of all its photos together; `not-judged` where one of them failed and none differs. */
  verdict: Verdict;
  /** Why it is not judged, a sentence each; none where it is. */
  missing: string[];
  /** In the order of paths; `side` and `shot` as their names say, null where they do not. */
  photos: {
    path: string;
    side: string | null;
    shot: string | null;
    status: Row['status'];
    folder: string | null;
  }[];
}

/** All photos of an output folder, with what was the same for all. */
export interface BatchReport {
  schemaVersion: 1;
  tool: Inspection['tool'];
  notice: string;
  /** Names of the references that photos were compared with. */
  references: string[];
  /** Whether there was no golden board, so that the boards were compared with each other. */
  eachOther: boolean;
  counts: Counts;
  /** In the order of paths. */
  photos: Row[];
  /** Boards that several photos show together, worst first; null where nobody said which do. */
  boards: BoardRow[] | null;
}

/** Numbers of photos. `not-judged` includes refused ones. */
export interface Counts {
  photos: number;
  matches: number;
  differs: number;
  'not-judged': number;
  refused: number;
  failed: number;
}
