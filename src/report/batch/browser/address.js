/** Fields of the choice that stand in the address, by their names there. */
const NUMBERS = /** @type {const} */ (['reference', 'kind', 'recurring', 'reason']);
const TEXTS = /** @type {const} */ (['text', 'site', 'decided', 'sort']);
/** Browsers slow down pages that write their address at every key. */
const WRITE_AFTER_MS = 250;

/**
 * Keeps the choice and the current row in the address, so that coming back from a report finds the list as it was.
 * @param {import('./types.js').Sheet} sheet
 */
export function keepAddress(sheet) {
  const asked = new URLSearchParams(location.hash.slice(1));
  /** @type {Record<string, unknown>} */
  const change = {};
  for (const name of TEXTS) if (asked.has(name)) change[name] = asked.get(name);
  for (const name of NUMBERS) if (asked.has(name)) change[name] = Number(asked.get(name));
  if (asked.has('statuses')) change['statuses'] = asked.get('statuses')?.split(',').map(Number);
  if (asked.has('down')) change['down'] = asked.get('down') === 'true';
  if (Object.keys(change).length > 0) sheet.choose(change);
  if (asked.has('row')) sheet.move(sheet.shown.findIndex(({ rank }) => String(rank) === asked.get('row')));

  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    const { choice, shown, at } = sheet;
    const hash = new URLSearchParams();
    for (const name of TEXTS) if (choice[name] && choice[name] !== 'rank') hash.set(name, choice[name]);
    for (const name of NUMBERS) if (choice[name] >= 0) hash.set(name, String(choice[name]));
    if (choice.statuses.length > 0) hash.set('statuses', choice.statuses.join());
    if (choice.down) hash.set('down', 'true');
    if (at > 0 && shown[at]) hash.set('row', String(shown[at].rank));
    history.replaceState(null, '', `#${hash}`);
  };
  sheet.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  });
  addEventListener('pagehide', write);
  // Another page of the review may have decided meanwhile.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && sheet.data.decided) location.reload();
  });
}
