import { APP_STYLE } from '../appStyle.js';

/** The look of index.html: numbers, a bar that stays, a list as long as the batch, and what boards have in common. */
export const INDEX_STYLE = `${APP_STYLE}
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
a { color: inherit; }
.page { max-width: 96rem; margin: 0 auto; padding: 0 1.25rem 3rem; }
header { padding: 1.4rem 0 1rem; }
header p { overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
.notice { font-size: .875rem; margin-top: .25rem; max-width: 60rem; }
.remark { margin-top: .35rem; font-weight: 600; }
#tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1rem; }
.tile { display: flex; flex-direction: column; min-width: 8.5rem; padding: .45rem .9rem .5rem; text-align: left; border-left: .35rem solid var(--color); }
.tile b { font-size: 1.5rem; line-height: 1.2; }
.tile span { color: var(--soft); font-size: .875rem; }
.tile:disabled { opacity: 1; border-left-color: var(--line); }
.tile:disabled b { color: var(--soft); font-weight: 400; }
[aria-pressed=true] { background: var(--press); border-color: var(--accent); }
.tile[aria-pressed=true] { border-left-color: var(--color); box-shadow: inset 0 0 0 1px var(--accent); }
.tile[aria-pressed=true] span { color: inherit; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 1.5rem; align-items: start; }
.sides:has(#panels[hidden]) { grid-template-columns: minmax(0, 1fr); }
#bar { position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--line); padding-top: .6rem; }
.filters { display: flex; flex-wrap: wrap; gap: .45rem; align-items: center; }
.filters input[type=search] { flex: 1 1 12rem; }
#site { width: 6rem; }
.filters select { max-width: 14rem; }
.with-decisions .filters select { max-width: 11rem; }
.told { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; padding: .45rem 0 .35rem; min-height: 2.1rem; overflow-wrap: anywhere; }
#clear { padding: 0 .5rem; }
.heads { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) 7.5rem 4.6rem 4rem 4.4rem; gap: 0 .8rem; align-items: center; }
.with-decisions .row, .with-decisions .heads { grid-template-columns: 6.5rem minmax(0, 1fr) 7.5rem 4.6rem 4rem 4.4rem 7.2rem; }
.heads { padding: 0 .5rem; font-size: .8125rem; }
.heads button { border: 0; background: none; padding: .2rem .1rem; color: var(--soft); font-weight: 600; white-space: nowrap; border-radius: .2rem; }
.heads .number { text-align: right; }
.heads button::after { content: ' ↕' / ''; opacity: .35; }
.heads [aria-sort=ascending] button, .heads [aria-sort=descending] button { color: var(--ink); }
.heads [aria-sort=ascending] button::after { content: ' ↑' / ''; opacity: 1; }
.heads [aria-sort=descending] button::after { content: ' ↓' / ''; opacity: 1; }
#table:focus { outline: none; }
#rows { overflow-anchor: none; }
.row { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) 7.5rem 4.6rem 4rem 4.4rem; gap: 0 .8rem; align-items: center; height: 5rem; padding: 0 .5rem; border-bottom: 1px solid var(--line); overflow: hidden; }
.row:hover { background: var(--card); }
.row.current { background: var(--card); box-shadow: inset 3px 0 var(--accent); }
.row:has(.name:focus-visible) { background: var(--press); box-shadow: inset 0 0 0 2px var(--accent); }
.row .name:focus-visible { outline: none; }
.picture img, .no-picture { display: block; width: 6.5rem; height: 4.25rem; object-fit: contain; background: var(--stage); border-radius: .2rem; }
.no-picture { background: repeating-linear-gradient(45deg, var(--line) 0 4px, transparent 4px 9px); }
.what { display: flex; flex-direction: column; gap: .2rem; min-width: 0; }
.name { display: flex; min-width: 0; text-decoration: none; white-space: pre; }
a.name:hover .file { text-decoration: underline; }
.folder { color: var(--soft); flex: 0 100 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.file { font-weight: 600; flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.summary { display: flex; gap: .2rem .9rem; overflow: hidden; padding: 1px; white-space: nowrap; font-size: .875rem; color: var(--soft); text-overflow: ellipsis; }
.finding { flex: none; max-width: 100%; overflow: hidden; padding: 1px; text-overflow: ellipsis; }
.finding.called { text-decoration: line-through; }
.swatch { display: inline-block; width: .7rem; height: .7rem; border: 2.5px solid; outline: 1px solid var(--soft); margin-right: .4rem; vertical-align: -.02rem; }
.plate { color: #fff; padding: .12rem .5rem; border-radius: .2rem; font-size: .75rem; font-weight: 700; letter-spacing: .03em; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.state { font-size: .875rem; color: var(--soft); }
.state.open { color: var(--ink); font-weight: 600; }
#nothing { padding: 2rem .5rem; color: var(--soft); }
#panels { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: .6rem .25rem 1rem; display: grid; gap: 1.2rem; }
summary { cursor: pointer; }
summary h2 { display: inline-block; }
#panels table { border-collapse: collapse; width: 100%; font-size: .875rem; }
#panels th, #panels td { text-align: left; font-weight: 400; padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); vertical-align: top; }
#panels thead th { color: var(--soft); border: 0; }
#panels th:first-child { width: 37%; }
#panels .number { text-align: right; padding-right: 0; padding-left: .4rem; }
.kind { display: block; }
.press { padding: .02rem .45rem; max-width: 11rem; overflow-wrap: anywhere; text-align: left; }
th .soft { display: block; font-size: .8125rem; overflow-wrap: anywhere; }
#odd { padding-left: 1.1rem; font-size: .875rem; overflow-wrap: anywhere; }
#odd-panel p { font-size: .875rem; margin-bottom: .4rem; }
#reasons { list-style: none; padding: 0; display: grid; gap: .7rem; font-size: .875rem; overflow-wrap: anywhere; }
#reasons b { font-weight: 600; }
#reasons p { margin-top: .15rem; }
.figures dl { margin: 0 0 .8rem; font-size: .875rem; }
.figures dl div { display: flex; justify-content: space-between; gap: 1rem; border-top: 1px solid var(--line); padding: .25rem 0; }
.figures dt { color: var(--soft); }
.figures dd { margin: 0; text-align: right; }
.figures svg { width: 100%; height: auto; display: block; margin-top: .8rem; }
dialog { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: var(--ink); padding: 1.2rem 1.4rem; max-width: 30rem; }
dialog::backdrop { background: #0008; }
dialog dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 0 0 1rem; }
dialog dd { margin: 0; }
kbd { font: 600 .8125rem ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .25rem; padding: .05rem .35rem; background: var(--ground); }
body:not(.ready) .sides, body:not(.ready) #tiles { display: none; }
noscript li, noscript h2 { overflow-wrap: anywhere; }
@media (max-width: 70rem) {
  .sides { grid-template-columns: minmax(0, 1fr); }
  #panels { position: static; max-height: none; overflow: visible; order: -1; padding: 0; gap: .4rem; }
}
@media (max-width: 48rem) {
  .page { padding: 0 .8rem 2rem; }
  .tile { min-width: 0; flex: 1 1 40%; }
  #bar { position: static; }
  .row, .with-decisions .row { grid-template-columns: 6.5rem auto 1fr auto; grid-template-rows: auto auto; align-content: center; height: 7rem; gap: .3rem .7rem; }
  .picture { grid-row: 1 / 3; }
  .what { grid-column: 2 / 5; }
  .row .count, .row .judged { display: none; }
  .heads, .with-decisions .heads { display: flex; flex-wrap: wrap; padding: 0; }
  .heads [role=columnheader]:first-child { display: none; }
}
@media (forced-colors: active) { .swatch, .tile, .plate { forced-color-adjust: none; } .row.current { outline: 2px solid Highlight; outline-offset: -2px; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --card: #fff; --press: #fff; }
  body { font-size: 9pt; }
  .page { max-width: none; padding: 0; }
  .filters, dialog, #clear { display: none !important; }
  #bar, #panels { position: static; max-height: none; overflow: visible; }
  .sides { display: block; }
  .row { break-inside: avoid; height: 4.2rem; box-shadow: none !important; background: none !important; }
  .picture img, .no-picture { height: 3.6rem; }
  .plate, .tile, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
