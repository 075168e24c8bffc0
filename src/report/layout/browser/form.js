import { byId, html, setAll } from '../../browser/dom.js';
import {
  changeRegion,
  changeSite,
  placeSite,
  regionOf,
  removeItem,
  removeVariant,
  siteOf,
  withVariant,
} from './edits.js';

/** The fields of the chosen site or region, and the fittings. @param {import('./types.js').Store} store @param {(problem: string) => void} tell */
export function handleForm(store, tell) {
  const siteForm = byId('site-form', HTMLFormElement);
  const regionForm = byId('region-form', HTMLFormElement);
  const perVariant = byId('site-variants', HTMLElement);
  /** @param {HTMLFormElement} form @param {string} name */
  const field = (form, name) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
  const newVariant = byId('new-variant', HTMLInputElement);
  let shown = '';
  let variantsShown = '';

  const update = () => {
    const site = siteOf(store.layout, store.selected);
    const region = regionOf(store.layout, store.selected);
    siteForm.hidden = !site;
    regionForm.hidden = !region;
    const other = shown !== store.selected;
    shown = store.selected ?? '';
    /** @param {HTMLFormElement} form @param {string} name @param {string} value */
    const show = (form, name, value) => {
      const input = field(form, name);
      if (input.value !== value && (other || input !== document.activeElement)) input.value = value;
    };
    drawVariants(site);
    if (site) {
      show(siteForm, 'id', site.id);
      show(siteForm, 'label', site.label ?? '');
      show(siteForm, 'part', site.part ?? '');
      show(siteForm, 'rotation', site.rotation === undefined ? '' : String(site.rotation));
      for (const side of /** @type {const} */ (['x', 'y', 'width', 'height']))
        show(siteForm, side, String(site.box[side]));
      for (const radio of siteForm.querySelectorAll('[name=expected]'))
        if (radio instanceof HTMLInputElement) radio.checked = radio.value === site.expected;
      const risk = field(siteForm, 'risk');
      if (risk instanceof HTMLInputElement) risk.checked = site.risk === 'high';
    }
    if (region) {
      show(regionForm, 'id', region.id);
      show(regionForm, 'rule', region.rule);
      show(regionForm, 'note', region.note ?? '');
    }
    const options = byId('classes', HTMLElement);
    if (options.childElementCount !== store.classes.length)
      options.replaceChildren(...store.classes.map((label) => html('option', { value: label })));
  };

  /** A select for each fitting. @param {import('./types.js').Site | null} site */
  const drawVariants = (site) => {
    const { variants } = store.layout;
    if (JSON.stringify(variants) !== variantsShown) {
      variantsShown = JSON.stringify(variants);
      perVariant.replaceChildren(
        ...variants.map((name) => {
          const select = html('select', { 'data-variant': name, 'aria-label': `expects in ${name}` });
          for (const value of ['', 'fitted', 'empty', 'optional'])
            select.append(html('option', { value }, value || 'as usual'));
          const remove = html(
            'button',
            { type: 'button', 'data-remove': name, 'aria-label': `remove fitting ${name}` },
            '×',
          );
          return html('div', { class: 'field' }, html('span', {}, `in ${name}`), select, remove);
        }),
      );
    }
    for (const select of perVariant.querySelectorAll('select'))
      select.value = site?.variants?.[select.dataset['variant'] ?? ''] ?? '';
  };

  siteForm.addEventListener('change', ({ target }) => {
    const key = store.selected;
    const site = siteOf(store.layout, key);
    if (!key || !site || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const value = target.value.trim();
    tell('');
    const variant = target.dataset['variant'];
    if (target === newVariant) return;
    const edit = (/** @type {(site: import('./types.js').Site) => import('./types.js').Site} */ change) =>
      store.edit(changeSite(store.layout, key, change));
    if (variant !== undefined) edit((old) => withVariant(old, variant, /** @type {any} */ (value || null)));
    else if (target.name === 'id') rename(key, site.id, value, target);
    else if (target.name === 'label') edit((old) => ({ ...old, label: value || null, score: null }));
    else if (target.name === 'part') edit(({ part: _, ...old }) => (value ? { ...old, part: value } : old));
    else if (target.name === 'expected') edit((old) => ({ ...old, expected: /** @type {any} */ (value) }));
    else if (target.name === 'risk')
      edit(({ risk: _, ...old }) =>
        target instanceof HTMLInputElement && target.checked ? { ...old, risk: 'high' } : old,
      );
    else if (target.name === 'rotation' && value === '') edit(({ rotation: _, ...old }) => old);
    else changeNumber(key, site, target, value);
    update();
  });

  /** @param {string} key @param {import('./types.js').Site} site @param {HTMLInputElement | HTMLSelectElement} input @param {string} value */
  const changeNumber = (key, site, input, value) => {
    const number = Number(value.replace(',', '.'));
    if (value === '' || !Number.isFinite(number)) {
      input.value =
        input.name === 'rotation'
          ? String(site.rotation ?? '')
          : String(/** @type {any} */ (site.box)[input.name]);
      return tell(`${input.name}: expected a number, got “${value}”.`);
    }
    if (input.name === 'rotation')
      store.edit(
        changeSite(store.layout, key, (old) => ({ ...old, rotation: Math.max(-360, Math.min(360, number)) })),
      );
    else store.edit(placeSite(store.layout, key, { ...site.box, [input.name]: number }));
  };

  /** @param {string} key @param {string} from @param {string} to @param {HTMLInputElement | HTMLSelectElement} input */
  const rename = (key, from, to, input) => {
    const list = key.startsWith('site:') ? store.layout.sites : store.layout.regions;
    if (to === from) return;
    if (to === '' || list.some(({ id }) => id === to)) {
      input.value = from;
      return tell(to === '' ? 'A name is needed.' : `“${to}” is taken already; names are unique.`);
    }
    const kind = key.startsWith('site:') ? 'site' : 'region';
    store.selected = `${kind}:${to}`; // before the edit, so that the form stays open
    if (kind === 'site') store.edit(changeSite(store.layout, key, (site) => ({ ...site, id: to })));
    else store.edit(changeRegion(store.layout, key, (region) => ({ ...region, id: to })));
  };

  regionForm.addEventListener('change', ({ target }) => {
    const key = store.selected;
    const region = regionOf(store.layout, key);
    if (!key || !region || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement))
      return;
    const value = target.value.trim();
    tell('');
    if (target.name === 'id') rename(key, region.id, value, target);
    else if (target.name === 'rule')
      store.edit(changeRegion(store.layout, key, (old) => ({ ...old, rule: /** @type {any} */ (value) })));
    else
      store.edit(
        changeRegion(store.layout, key, ({ note: _, ...old }) => (value ? { ...old, note: value } : old)),
      );
    update();
  });

  perVariant.addEventListener('click', ({ target }) => {
    const name = target instanceof HTMLElement ? target.dataset['remove'] : undefined;
    if (name !== undefined) store.edit(removeVariant(store.layout, name));
  });
  byId('add-variant', HTMLElement).addEventListener('click', () => {
    const name = newVariant.value.trim();
    if (name === '' || store.layout.variants.includes(name))
      return tell(name === '' ? 'A fitting needs a name.' : `There is a fitting “${name}” already.`);
    tell('');
    newVariant.value = '';
    store.edit({ ...store.layout, variants: [...store.layout.variants, name] });
  });
  for (const form of [siteForm, regionForm]) {
    form.addEventListener('submit', (event) => event.preventDefault());
    form.querySelector('[data-delete]')?.addEventListener('click', () => {
      if (store.selected) store.edit(removeItem(store.layout, store.selected));
      byId('stage', HTMLElement).focus();
    });
  }
  for (const input of document.querySelectorAll('#site-form input, #region-form input'))
    setAll(input, { autocomplete: 'off' });
  store.subscribe(update);
  update();
}
