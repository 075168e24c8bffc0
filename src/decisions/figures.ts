import { meanOf, type Rate, shareOf } from './interval.js';
import type { JudgedPhoto, PhotoDecisions } from './match.js';

/** A photo's result, as far as figures need it. */
export interface FiguredPhoto extends JudgedPhoto {
  path: string;
  /** Whether it has a verdict. */
  judged: boolean;
  /** Sites with a verdict. */
  judgedSites: number;
  /** When it was inspected, in ISO 8601. */
  at: string | null;
}

/** By name of the reference: photos in which each site has a verdict. */
export type SiteCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** One output folder. */
export interface FiguredBatch {
  photos: readonly FiguredPhoto[];
  decisions: ReadonlyMap<string, PhotoDecisions>;
  sites: SiteCounts;
}

/** What was counted, and the rates that follow. */
export interface Figures {
  /** Photos with a verdict, and those of them on which nothing is open. */
  photos: number;
  settled: number;
  findings: number;
  real: number;
  falseCalls: number;
  unsure: number;
  escapes: number;
  /** Of findings, how many were decided. */
  decided: Rate | null;
  /** On settled photos. */
  falseCallsPerPhoto: Rate | null;
  photosFalselyCalled: Rate | null;
  /** Of sites judged; those whose finding is open are left out. */
  falseCallsPerSite: Rate | null;
  /** Of real differences that are known. */
  missed: Rate | null;
}

/** A site, and how often it was called falsely of the times that it was judged; null where that is not known. */
export interface SiteFigure {
  reference: string;
  site: string;
  falseCalls: number;
  rate: Rate | null;
}

export interface AllFigures {
  total: Figures;
  byDay: [name: string, figures: Figures][];
  /** Empty where lots are not told apart. */
  byLot: [name: string, figures: Figures][];
  byReference: [name: string, figures: Figures][];
  /** Most false calls first. */
  sites: SiteFigure[];
}

/** What photos without a lot are counted under. */
const NO_LOT = '(no lot)';

/**
 * Counts false calls, real differences and escapes. A photo counts for rates a photo when nothing on it is open: one
 * without findings has no false call, and needs no decision.
 * @param lot finds the lot in a photo's path: its first group, or all that it matches
 */
export function figuresOf(batches: readonly FiguredBatch[], lot: RegExp | null = null): AllFigures {
  const total = new Counts();
  const byDay = new Map<string, Counts>();
  const byLot = new Map<string, Counts>();
  const byReference = new Map<string, Counts>();
  const sites = new Map<string, { reference: string; site: string; falseCalls: number; open: number }>();
  for (const { photos, decisions } of batches) {
    for (const photo of photos) {
      if (!photo.judged) continue;
      const said = decisions.get(photo.folder);
      const groups = [total, groupIn(byReference, photo.reference)];
      if (photo.at) groups.push(groupIn(byDay, photo.at.slice(0, 10)));
      if (lot) groups.push(groupIn(byLot, lotOf(photo.path, lot)));
      for (const group of groups) group.add(photo, said);
      for (const { id, site } of photo.findings) {
        if (site === null) continue;
        const key = `${photo.reference}\0${site}`;
        const at = sites.get(key) ?? { reference: photo.reference, site, falseCalls: 0, open: 0 };
        sites.set(key, at);
        const decision = said?.findings.get(id)?.entry.decision;
        if (!decision) at.open++;
        if (decision === 'false-call') at.falseCalls++;
      }
    }
  }
  const judgedAt = (reference: string, site: string) =>
    batches.reduce((sum, batch) => sum + (batch.sites.get(reference)?.get(site) ?? 0), 0);
  return {
    total: total.figures(),
    byDay: sorted(byDay),
    byLot: sorted(byLot),
    byReference: sorted(byReference),
    sites: [...sites.values()]
      .filter(({ falseCalls }) => falseCalls > 0)
      .sort((a, b) => b.falseCalls - a.falseCalls || (a.site < b.site ? -1 : 1))
      .map(({ reference, site, falseCalls, open }) => ({
        reference,
        site,
        falseCalls,
        rate: shareOf(falseCalls, Math.max(0, judgedAt(reference, site) - open)),
      })),
  };
}

class Counts {
  private photos = 0;
  private settled = 0;
  private called = 0;
  private callsOnSettled = 0;
  private findings = 0;
  private siteJudgements = 0;
  private siteCalls = 0;
  private escapes = 0;
  private readonly said: Record<string, number> = {};

  add({ findings, judgedSites }: FiguredPhoto, said: PhotoDecisions | undefined): void {
    this.photos++;
    this.findings += findings.length;
    this.siteJudgements += judgedSites;
    this.escapes += said?.escapes.length ?? 0;
    let open = 0;
    let calls = 0;
    for (const { id, site } of findings) {
      const decision = said?.findings.get(id)?.entry.decision;
      if (!decision) {
        open++;
        if (site !== null) this.siteJudgements--;
        continue;
      }
      this.said[decision] = (this.said[decision] ?? 0) + 1;
      if (decision !== 'false-call') continue;
      calls++;
      if (site !== null) this.siteCalls++;
    }
    if (open > 0) return;
    this.settled++;
    this.callsOnSettled += calls;
    if (calls > 0) this.called++;
  }

  figures(): Figures {
    const { photos, settled, findings, escapes, said } = this;
    const real = said['real'] ?? 0;
    const falseCalls = said['false-call'] ?? 0;
    const unsure = said['unsure'] ?? 0;
    return {
      photos,
      settled,
      findings,
      real,
      falseCalls,
      unsure,
      escapes,
      decided: shareOf(real + falseCalls + unsure, findings),
      falseCallsPerPhoto: meanOf(this.callsOnSettled, settled),
      photosFalselyCalled: shareOf(this.called, settled),
      // A finding beside the sites that have a verdict must not make more calls than judgements.
      falseCallsPerSite: shareOf(this.siteCalls, Math.max(this.siteCalls, this.siteJudgements)),
      missed: shareOf(escapes, real + escapes),
    };
  }
}

function groupIn(groups: Map<string, Counts>, name: string): Counts {
  const group = groups.get(name) ?? new Counts();
  groups.set(name, group);
  return group;
}

function lotOf(path: string, lot: RegExp): string {
  const found = lot.exec(path);
  return found ? (found[1] ?? found[0]) || NO_LOT : NO_LOT;
}

function sorted(groups: ReadonlyMap<string, Counts>): [string, Figures][] {
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([name, counts]) => [name, counts.figures()]);
}
