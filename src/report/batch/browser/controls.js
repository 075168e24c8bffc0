import { announce, byId, html } from '../../browser/dom.js';

/**
 * Numbers by verdict that filter when pressed, fields, and column heads that sort.
 * @param {import('./types.js').Sheet} sheet
 */
export function handleControls(sheet) {
  const { data, rows } = sheet;
  const tiles = data.statuses.map(({ word, color }, status) => {
    const number = rows.filter((row) => row.status === status).length;
    const tile = html(
      'button',
      { type: 'button', class: 'tile', style: `--color:${color}`, disabled: number === 0 },
      html('b', {}, grouped(number)),
      html('span', {}, word.toLowerCase()),
    );
    tile.addEventListener('click', () => {
      const { statuses } = sheet.choice;
      const others = statuses.filter((other) => other !== status);
      sheet.choose({ statuses: others.length < statuses.length ? others : [...statuses, status] });
    });
    return tile;
  });
  byId('tiles', HTMLElement).append(...tiles);

  const text = byId('text', HTMLInputElement);
  const site = byId('site', HTMLInputElement);
  text.addEventListener('input', () => sheet.choose({ text: text.value }));
  site.addEventListener('input', () => sheet.choose({ site: site.value }));
  byId('sites', HTMLElement).append(
    ...[...data.sites].sort(naturally).map((value) => html('option', { value })),
  );
  const reference = select('reference', data.references, (row, k) => row.reference === k);
  const kind = select(
    'kind',
    data.kinds.map(({ word }) => word),
    (row, k) => row.findings.some((finding) => finding[0] === k),
  );
  reference.addEventListener('change', () => sheet.choose({ reference: Number(reference.value) }));
  kind.addEventListener('change', () => sheet.choose({ kind: Number(kind.value) }));
  byId('reference-field', HTMLElement).hidden = data.references.length < 2 || data.eachOther;
  const decided = byId('decided', HTMLSelectElement);
  byId('decided-field', HTMLElement).hidden = !data.decided;
  decided.addEventListener('change', () =>
    sheet.choose({ decided: /** @type {import('./types.js').Choice['decided']} */ (decided.value) }),
  );
  const clear = byId('clear', HTMLButtonElement);
  clear.addEventListener('click', () => {
    sheet.reset();
    text.focus();
  });
  const heads = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-sort]')]);
  for (const head of heads)
    head.addEventListener('click', () => {
      const sort = /** @type {import('./types.js').SortKey} */ (head.dataset['sort']);
      const { choice } = sheet;
      sheet.choose(sort === choice.sort ? { down: !choice.down } : { sort });
    });

  /** @param {string} id @param {readonly string[]} words @param {(row: import('./types.js').Row, k: number) => boolean} has */
  function select(id, words, has) {
    const field = byId(id, HTMLSelectElement);
    for (const [k, word] of words.entries()) {
      const number = rows.filter((row) => has(row, k)).length;
      if (number > 0) field.append(html('option', { value: k }, `${word} (${grouped(number)})`));
    }
    return field;
  }

  const update = () => {
    const { choice, shown } = sheet;
    for (const [status, tile] of tiles.entries())
      tile.setAttribute('aria-pressed', String(choice.statuses.includes(status)));
    // What is being typed is not touched.
    if (text.value !== choice.text) text.value = choice.text;
    if (site.value !== choice.site) site.value = choice.site;
    reference.value = String(choice.reference);
    kind.value = String(choice.kind);
    decided.value = choice.decided;
    for (const head of heads) {
      const on = head.dataset['sort'] === choice.sort;
      head.parentElement?.setAttribute('aria-sort', on ? (choice.down ? 'descending' : 'ascending') : 'none');
    }
    const filters = filtersInWords(sheet);
    clear.hidden = filters.length === 0;
    const words =
      filters.length === 0
        ? `${grouped(rows.length)} photo${rows.length === 1 ? '' : 's'}`
        : `${grouped(shown.length)} of ${grouped(rows.length)} photos`;
    byId('shown', HTMLElement).textContent = words;
    byId('because', HTMLElement).textContent = filters.join(' · ');
    return words;
  };
  sheet.subscribe((what) => {
    if (what === 'choice') announce(`${update()} shown`);
  });
  update();
}

/** Filters that are not to be seen in a field of their own. @param {import('./types.js').Sheet} sheet */
function filtersInWords({ choice, data }) {
  const { statuses, text, site, reference, kind, recurring, reason, decided } = choice;
  const words = statuses.map((status) => data.statuses[status]?.word.toLowerCase() ?? '');
  if (text) words.push(`“${text}”`);
  if (site) words.push(`site ${site}`);
  if (reference >= 0) words.push(`against ${data.references[reference]}`);
  if (kind >= 0) words.push(data.kinds[kind]?.word ?? '');
  if (recurring >= 0) words.push(`recurring: ${data.recurring[recurring]?.place}`);
  if (reason >= 0) words.push(data.reasons[reason]?.reason ?? '');
  if (decided) words.push(decided === 'done' ? 'decided' : decided.replace('-', ' '));
  return words;
}

/** Sites as people count them: R2 before R10. @param {string} a @param {string} b */
function naturally(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** @param {number} number */
export function grouped(number) {
  return number.toLocaleString('en');
}
