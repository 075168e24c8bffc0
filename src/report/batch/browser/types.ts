/** What the page was given: see indexData.ts, which makes it. Numbers stand for places in the lists beside them. */
export interface SheetData {
  /** In the order of urgency. */
  statuses: { word: string; color: string }[];
  kinds: { word: string; color: string }[];
  decisions: string[];
  references: string[];
  sites: string[];
  labels: string[];
  reasons: { reason: string; hint: string | null; photos: number }[];
  recurring: RecurringPlace[];
  /** Boards unlike the others: rank of the row, weak differences, and how many the others show. */
  standingOut: [rank: number, weak: number, usual: number][];
  rows: PackedRow[];
  /** Whether decisions are kept for this batch, and shown. */
  decided: boolean;
  /** Whether there was no golden board: then the references are the batch itself, and tell nothing apart. */
  eachOther: boolean;
}

export interface RecurringPlace {
  reference: number;
  /** The site, or the place beside all sites, in words. */
  place: string;
  kinds: number[];
  photos: number;
  score: number;
}

/** Kind, score in thousandths, label, site, recurring place, decision; -1 for none. */
export type PackedFinding = [
  kind: number,
  score: number,
  label: number,
  site: number,
  recurring: number,
  decision: number,
];

export type PackedRow = [
  path: string,
  status: number,
  reference: number,
  folder: string | null,
  /** Share of the board in whole percent, -1 where it is not known. */
  judged: number,
  reason: number,
  /** How many there are; of very many only the strongest follow. */
  count: number,
  findings: PackedFinding[],
  /** Open decisions, escapes told; both 0 where there are no decisions. */
  open: number,
  escapes: number,
];

export interface Row {
  /** Place in the order of urgency. */
  rank: number;
  path: string;
  /** The path in lower case, to search in. */
  text: string;
  status: number;
  reference: number;
  folder: string | null;
  judged: number;
  reason: number;
  count: number;
  findings: PackedFinding[];
  /** Strongest score in thousandths, -1 without a finding. */
  score: number;
  open: number;
  escapes: number;
}

export type SortKey = 'rank' | 'path' | 'status' | 'count' | 'score' | 'judged' | 'open';

/** What is shown, and in which order; numbers are places in the lists of {@link SheetData}, -1 for all. */
export interface Choice {
  text: string;
  site: string;
  /** None chosen: all. */
  statuses: number[];
  reference: number;
  kind: number;
  recurring: number;
  reason: number;
  decided: '' | 'open' | 'done' | 'real' | 'false-call' | 'escape';
  sort: SortKey;
  down: boolean;
}

/** The page's state, and who wants to hear of changes. */
export interface Sheet {
  readonly data: SheetData;
  readonly rows: Row[];
  /** Rows that pass, in order. */
  shown: Row[];
  choice: Choice;
  /** Place of the current row in `shown`. */
  at: number;
  choose(change: Partial<Choice>): void;
  /** Takes all filters back; the order stays. */
  reset(): void;
  move(to: number): void;
  subscribe(listener: (what: 'choice' | 'row') => void): void;
}
