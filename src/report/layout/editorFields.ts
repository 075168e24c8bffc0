/** What only the editor has in its head: saving, undoing, drawing. */
export function editorTools(): string {
  return `<div class="tools">
<button type="button" data-mode="add-site" aria-pressed="false">Add site</button>
<button type="button" data-mode="add-ignore" aria-pressed="false">Ignore region</button>
<button type="button" data-mode="add-high-risk" aria-pressed="false">High-risk region</button>
<span class="gap"></span>
<button type="button" id="undo">Undo</button>
<button type="button" id="redo">Redo</button>
<span class="gap"></span>
<span id="state" role="status"></span>
<button type="button" id="save" class="main">Save</button>
<button type="button" id="stop">Stop</button>
</div>`;
}

/** The forms of a chosen site and of a chosen region. */
export function editorFields(): string {
  const radio = (value: string) =>
    `<label><input type="radio" name="expected" value="${value}"> ${value}</label>`;
  const number = (name: string, word: string) =>
    `<label>${word} <input name="${name}" inputmode="decimal" size="6"></label>`;
  return `<form id="site-form" class="card" aria-label="Chosen site" hidden>
<label class="field"><span>name</span> <input name="id" maxlength="200"></label>
<label class="field"><span>class</span> <input name="label" list="classes" maxlength="200" placeholder="unknown"></label>
<datalist id="classes"></datalist>
<fieldset class="field"><legend>expects</legend>${['fitted', 'empty', 'optional'].map(radio).join('')}</fieldset>
<div id="site-variants"></div>
<label class="field"><span>part</span> <input name="part" maxlength="500"></label>
<div class="numbers">${number('x', 'x')}${number('y', 'y')}${number('width', 'w')}${number('height', 'h')}</div>
<div class="last"><label><input type="checkbox" name="risk"> high risk</label><label>rotation <input name="rotation" inputmode="decimal" size="4"></label><button type="button" data-delete aria-label="Delete site">Delete</button></div>
<details><summary>Fittings</summary><p class="soft">Boards of one model that differ in what is fitted. Each site can expect something else in each.</p><div class="field"><input id="new-variant" maxlength="200" aria-label="name of a new fitting"><button type="button" id="add-variant">Add fitting</button></div></details>
</form>
<form id="region-form" class="card" aria-label="Chosen region" hidden>
<label class="field"><span>name</span> <input name="id" maxlength="200"></label>
<label class="field"><span>rule</span> <select name="rule"><option value="ignore">ignore: nothing is told there</option><option value="high-risk">high risk: watched closely</option></select></label>
<label class="field"><span>note</span> <input name="note" maxlength="1000"></label>
<div class="last"><button type="button" data-delete>Delete region</button></div>
</form>`;
}
