import { APP_STYLE } from '../appStyle.js';

/** The look of report.html: pictures as large as the window, calm around them; a page for a case file on paper. */
export const VIEWER_STYLE = `${APP_STYLE}
html { height: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, h3 { margin: 0; line-height: 1.3; }
h2 { font-size: .9375rem; }
h2 .soft { font-size: .8125rem; margin-left: .25rem; }
a { color: var(--accent); }
kbd { font: 600 .75em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; color: var(--soft); border: 1px solid var(--line); border-radius: .2rem; padding: 0 .3em; background: var(--ground); }
.app { height: 100vh; min-height: 34rem; display: flex; flex-direction: column; }
header { position: sticky; top: 0; z-index: 3; display: flex; gap: .4rem 1.1rem; align-items: center; padding: .55rem 1rem; border-bottom: 1px solid var(--line); background: var(--card); }
.verdict { display: block; color: #fff; padding: .5rem .95rem; border-radius: .35rem; font-size: 1.25rem; letter-spacing: .05em; font-weight: 700; white-space: nowrap; }
.verdict::before { content: '≠'; margin-right: .5rem; }
.verdict.matches::before { content: '='; }
.verdict.not-judged::before { content: '?'; }
.says { flex: 1; min-width: 0; }
.board { overflow-wrap: anywhere; }
header .board { color: var(--soft); display: flex; gap: .2rem 1.25rem; align-items: baseline; }
header .board > span { flex: none; max-width: 60%; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
header b { color: var(--ink); }
.meaning { font-weight: 600; overflow-wrap: anywhere; }
.notice { color: var(--soft); font-size: .8125rem; }
.blind { flex: 0 1 auto; min-width: 12rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--ink); outline-offset: -2px; }
.kinds { list-style: none; padding: 0; margin: 0 0 .6rem; display: grid; gap: .3rem; }
.kinds li { display: flex; gap: .5rem; align-items: center; }
.hatch { display: inline-block; width: 1.1rem; height: .8rem; margin-right: .4rem; vertical-align: -.05rem; border: 1px solid #6b757f; background: repeating-linear-gradient(135deg, #39424b 0 3px, #f0f2f4 3px 5px); }
nav { display: flex; flex-wrap: wrap; gap: .4rem .9rem; align-items: center; justify-content: flex-end; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr) 23rem; }
section.board { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); }
.strip { display: flex; flex-wrap: wrap; gap: .35rem .55rem; align-items: center; padding: .4rem .6rem; font-size: .8125rem; }
.modes { display: flex; }
.modes button { border-radius: 0; margin-left: -1px; }
.modes button:first-child { border-radius: .3rem 0 0 .3rem; margin: 0; }
.modes button:last-child { border-radius: 0 .3rem .3rem 0; }
.modes button, .layers button, .zoom button { padding: .25rem .4rem; white-space: nowrap; }
[aria-pressed=true] { background: var(--press); border-color: var(--accent); position: relative; z-index: 1; }
.layers { display: flex; gap: .3rem; }
.zoom { display: flex; gap: .25rem; align-items: center; margin-left: auto; }
.zoom output { min-width: 2.9rem; text-align: center; font-variant-numeric: tabular-nums; color: var(--soft); }
#stage { flex: 1; min-height: 0; position: relative; display: flex; gap: 2px; background: var(--stage); overflow: hidden; }
#stage:focus-visible { outline-offset: -2px; }
.pane { flex: 1; min-width: 0; position: relative; overflow: hidden; }
.pane canvas { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: none; cursor: grab; user-select: none; -webkit-user-select: none; }
.pane canvas:active { cursor: grabbing; }
.drawing canvas { cursor: crosshair !important; }
.caption { position: absolute; left: .5rem; bottom: .5rem; padding: .15rem .55rem; border-radius: .25rem; background: #101418; color: #fff; font-size: .8125rem; pointer-events: none; border-left: 4px solid #f0b429; }
.reference .caption { border-left-color: #5bc0a0; }
#divider { position: absolute; top: 0; bottom: 0; width: 2.4rem; margin-left: -1.2rem; cursor: ew-resize; touch-action: none; }
#divider::before { content: ''; position: absolute; inset: 0 auto; left: calc(50% - 2px); width: 4px; background: #fff; border: 1px solid #101418; border-width: 0 1px; }
#divider span { position: absolute; top: 84%; left: 50%; transform: translate(-50%, -50%); width: 2.1rem; height: 2.1rem; border-radius: 50%; display: grid; place-items: center; background: #fff; color: #101418; border: 1px solid #101418; }
#divider:focus-visible { outline: none; }
#divider:focus-visible span { outline: 3px solid var(--accent); outline-offset: 1px; }
#blinking { position: absolute; right: .5rem; bottom: .5rem; display: flex; gap: .6rem; align-items: center; background: var(--card); border-radius: .3rem; padding: .25rem .5rem; }
#blinking label { display: flex; gap: .35rem; align-items: center; color: var(--soft); }
#rate { width: 6rem; padding: 0; }
aside { display: flex; flex-direction: column; min-height: 0; overflow: hidden auto; }
aside > section { padding: .7rem .9rem; }
#details { border-bottom: 1px solid var(--line); min-height: 12.6rem; max-height: 45vh; overflow-y: auto; flex: none; }
aside.plain #details { min-height: 0; max-height: none; overflow: visible; }
aside.plain .unjudged { max-height: none; flex: 1; }
#details h2 { display: flex; align-items: center; gap: .4rem; font-size: 1.05rem; margin-bottom: .3rem; }
#details h2 small { margin-left: auto; font-weight: 400; font-size: .8125rem; color: var(--soft); }
#details h2 + p + h2 { margin-top: .8rem; }
.sign { flex: none; width: 1.35rem; height: 1.35rem; padding: .15rem; border-radius: .25rem; background: #101418; border: 1px solid #6b757f; fill: none; stroke: var(--kind); stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
dl { margin: .45rem 0 0; font-variant-numeric: tabular-nums; font-size: .875rem; }
dl div { display: grid; grid-template-columns: 4.8rem 1fr; align-items: center; padding: .12rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; display: flex; align-items: center; gap: .5rem; overflow-wrap: anywhere; min-width: 0; }
.copy { margin-left: auto; padding: 0 .5rem; font-size: .8125rem; }
.bar { width: 5rem; height: .5rem; border-radius: .25rem; border: 1px solid var(--soft); background: linear-gradient(to right, var(--accent) calc(var(--share) * 100%), transparent 0); }
.findings { flex: 1 1 8rem; min-height: 7rem; display: flex; flex-direction: column; padding-bottom: 0 !important; }
#list { flex: 1; overflow-y: auto; list-style: none; margin: .4rem -.9rem 0; padding: 0; border-top: 1px solid var(--line); background: var(--card); }
#list li { display: flex; gap: .6rem; align-items: center; padding: .3rem .9rem; cursor: pointer; border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.7rem; }
#list li:hover { background: var(--ground); }
#list li[aria-selected=true] { background: var(--press); box-shadow: inset 4px 0 var(--accent); }
#list li[data-decision]:not([data-decision=''])::after { content: attr(data-decision); margin-left: auto; font-size: .75rem; font-weight: 600; border: 1px solid var(--soft); border-radius: .25rem; padding: 0 .35rem; white-space: nowrap; }
.thumbs { display: flex; gap: 2px; flex: none; }
.thumb { width: 3.2rem; height: 3.2rem; background: var(--stage); border-radius: .15rem; }
.what { display: flex; flex-direction: column; min-width: 0; overflow-wrap: anywhere; }
.what b { display: flex; align-items: center; gap: .35rem; font-weight: 600; }
.what .sign { width: 1.1rem; height: 1.1rem; }
.what .soft { font-size: .8125rem; }
.unjudged { border-top: 1px solid var(--line); flex: 0 1 auto; min-height: 4.2rem; max-height: 9.5rem; display: flex; flex-direction: column; }
.unjudged ul, .missed ul { list-style: none; margin: .3rem 0 0; padding: 0; overflow-y: auto; min-height: 1.6rem; }
.unjudged button, .missed button { border: 0; background: none; padding: .1rem 0; text-align: left; width: 100%; }
.unjudged button:hover, .missed button:hover { text-decoration: underline; }
.missed { border-top: 1px solid var(--line); flex: 0 1 auto; min-height: 3.6rem; max-height: 8.5rem; display: flex; flex-direction: column; }
.missed[hidden] { display: none; }
.missed li { overflow-wrap: anywhere; }
.dashed { display: inline-block; width: 1.3rem; height: .8rem; margin-right: .4rem; vertical-align: -.05rem; background: #101418; border: 1px solid #6b757f; background-image: repeating-linear-gradient(90deg, #fff 0 5px, transparent 5px 7px, #fff 7px 8px, transparent 8px 10px); background-size: 100% 2px; background-repeat: no-repeat; background-position: center; }
.beside { width: 100%; display: block; background: var(--stage); }
figure { margin: .8rem 0 0; }
figcaption { color: var(--soft); font-size: .8125rem; margin-top: .25rem; }
.review { border-bottom: 1px solid var(--line); display: grid; gap: .4rem; flex: none; }
.review p:empty { display: none; }
.review .row { display: flex; flex-wrap: wrap; gap: .35rem; }
.review button { padding: .2rem .5rem; }
.review form { display: grid; gap: .3rem; }
.review textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .3rem; padding: .3rem; resize: vertical; }
.review .problem { color: var(--warn); font-weight: 600; }
body:not(.reviewed) .decisions { display: none; }
dialog { color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.1rem 1.3rem; max-width: min(52rem, 92vw); max-height: 90vh; }
dialog::backdrop { background: #000a; }
dialog .top { display: flex; justify-content: space-between; align-items: center; margin-bottom: .8rem; }
dialog .top h2 { font-size: 1.15rem; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 2rem; margin-bottom: 1rem; }
.groups h3 { font-size: .875rem; }
.groups dl div { grid-template-columns: 6.5rem 1fr; }
.groups dt kbd { color: var(--ink); }
.facts { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; scroll-margin-top: 5rem; }
details { border-top: 1px solid var(--line); padding: .6rem 0; }
summary { cursor: pointer; font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin-top: .4rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .22rem .75rem .22rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: 400; color: var(--soft); width: 16rem; }
.sites tbody th { color: inherit; width: auto; }
thead th { font-weight: 600; border: 0; }
footer { color: var(--soft); font-size: .8125rem; border-top: 1px solid var(--line); padding-top: .8rem; }
.case { display: none; max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem; }
.case h2 { font-size: 1.05rem; margin: 1.3rem 0 .6rem; }
.whole { width: 100%; max-height: 150mm; display: block; }
article { display: grid; grid-template-columns: minmax(12rem, 1fr) 1.7fr; gap: 1.2rem; padding: .8rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
article h3 { display: flex; align-items: center; gap: .4rem; font-size: 1rem; margin-bottom: .3rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
.pair figure { margin: 0; }
.pair svg { width: 100%; display: block; background: #262b30; }
.held { position: absolute; }
@media (max-width: 75rem) { main { grid-template-columns: minmax(0, 1fr) 20rem; } .strip kbd { display: none; } }
@media (max-width: 52rem) {
  .app { height: auto; }
  header { flex-wrap: wrap; position: static; }
  .says { flex-basis: 100%; }
  header .board { flex-wrap: wrap; }
  header .board > span { max-width: 100%; }
  .blind { white-space: normal; }
  main { grid-template-columns: minmax(0, 1fr); }
  section.board { border-right: 0; height: 75vh; }
  .findings { flex: none; }
  #list { max-height: 60vh; }
}
@media (forced-colors: active) { .sign, .hatch, .bar, .verdict { forced-color-adjust: none; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --card: #fff; --stage: #fff; }
  @page { margin: 14mm; }
  body { font-size: 10pt; }
  .app { height: auto; min-height: 0; display: block; }
  main, nav, .blind, dialog, #announcer, details:not([open]) { display: none !important; }
  header { position: static; padding: 0 0 .6rem; border-bottom: 2px solid #000; }
  header .board { display: block; }
  .case { display: block; max-width: none; padding: 0; }
  .facts { max-width: none; padding: 1rem 0 0; break-before: auto; }
  .verdict, .sign, .whole, .pair svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, summary { break-after: avoid; }
}
`;
