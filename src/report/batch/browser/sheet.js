/** Which way a column is sorted first. @type {Record<import('./types.js').SortKey, boolean>} */
const DOWN_FIRST = {
  rank: false,
  path: false,
  status: false,
  count: true,
  score: true,
  judged: false,
  open: true,
};

/** @type {Omit<import('./types.js').Choice, 'sort' | 'down'>} */
const EVERYTHING = {
  text: '',
  site: '',
  statuses: [],
  reference: -1,
  kind: -1,
  recurring: -1,
  reason: -1,
  decided: '',
};

/**
 * What the page knows: all rows, those that pass, and which one is current.
 * @param {import('./types.js').SheetData} data
 * @returns {import('./types.js').Sheet}
 */
export function createSheet(data) {
  /** @type {((what: 'choice' | 'row') => void)[]} */
  const listeners = [];
  const rows = data.rows.map(unpack);
  const sites = data.sites.map((name) => name.toLowerCase());
  /** @param {'choice' | 'row'} what */
  const tell = (what) => {
    for (const listener of listeners) listener(what);
  };
  /** @type {import('./types.js').Sheet} */
  const sheet = {
    data,
    rows,
    shown: rows,
    choice: { ...EVERYTHING, sort: 'rank', down: false },
    at: 0,
    choose(change) {
      const current = sheet.shown[sheet.at];
      const sortsAnew = change.sort !== undefined && change.sort !== sheet.choice.sort;
      sheet.choice = { ...sheet.choice, ...change };
      if (sortsAnew && change.down === undefined) sheet.choice.down = DOWN_FIRST[sheet.choice.sort];
      sheet.shown = arrange(rows, sheet.choice, matchingSites(sites, sheet.choice.site));
      // The current row stays where it is still in the list.
      sheet.at = Math.max(0, current ? sheet.shown.indexOf(current) : 0);
      tell('choice');
    },
    reset: () => sheet.choose(EVERYTHING),
    move(to) {
      sheet.at = Math.max(0, Math.min(sheet.shown.length - 1, to));
      tell('row');
    },
    subscribe: (listener) => listeners.push(listener),
  };
  return sheet;
}

/** @param {import('./types.js').PackedRow} packed @param {number} rank @returns {import('./types.js').Row} */
function unpack([path, status, reference, folder, judged, reason, count, findings, open, escapes], rank) {
  const score = findings[0]?.[1] ?? -1;
  const text = path.toLowerCase();
  return {
    rank,
    path,
    text,
    status,
    reference,
    folder,
    judged,
    reason,
    count,
    findings,
    score,
    open,
    escapes,
  };
}

/** A site of that name, or where there is none those that begin so. @param {string[]} sites @param {string} typed @returns {Set<number> | null} */
function matchingSites(sites, typed) {
  const name = typed.trim().toLowerCase();
  if (name === '') return null;
  const exact = sites.indexOf(name);
  if (exact >= 0) return new Set([exact]);
  return new Set(sites.flatMap((site, k) => (site.startsWith(name) ? [k] : [])));
}

/** @param {import('./types.js').Row[]} rows @param {import('./types.js').Choice} choice @param {Set<number> | null} sites */
function arrange(rows, choice, sites) {
  const { statuses, reference, reason, kind, recurring, decided, sort, down } = choice;
  const text = choice.text.trim().toLowerCase();
  const decision = ['real', 'false-call'].indexOf(decided);
  const ofFindings = kind >= 0 || recurring >= 0 || sites !== null || decision >= 0;
  const shown = rows.filter(
    (row) =>
      (statuses.length === 0 || statuses.includes(row.status)) &&
      (reference < 0 || row.reference === reference) &&
      (reason < 0 || row.reason === reason) &&
      (text === '' || row.text.includes(text)) &&
      (decided !== 'open' || row.open > 0) &&
      (decided !== 'done' || (row.open === 0 && row.count > 0)) &&
      (decided !== 'escape' || row.escapes > 0) &&
      (!ofFindings ||
        // One finding has to be all of it.
        row.findings.some(
          (finding) =>
            (kind < 0 || finding[0] === kind) &&
            (recurring < 0 || finding[4] === recurring) &&
            (decision < 0 || finding[5] === decision) &&
            (sites === null || sites.has(finding[3])),
        )),
  );
  if (sort === 'rank') return down ? shown.reverse() : shown;
  const way = down ? -1 : 1;
  return shown.sort((a, b) => {
    const [x, y] = [a[sort], b[sort]];
    return x === y ? a.rank - b.rank : x < y ? -way : way;
  });
}
