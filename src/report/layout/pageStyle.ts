import { APP_STYLE } from '../appStyle.js';

/** The look of layout.html and of the editor: that of the reports, with the board as large as the window. */
export const PAGE_STYLE = `${APP_STYLE}
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; background: var(--ground); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; justify-content: space-between; padding: .7rem 1rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.15rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
h2 .soft { font-size: .875rem; margin-left: .35rem; }
button[data-mode][aria-pressed=true] { background: var(--press); border-color: var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.main:disabled { background: var(--card); border-color: var(--line); color: var(--soft); }
.tools { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
.gap { width: .75rem; }
#state { color: var(--soft); margin-right: .3rem; }
#state.changed { color: var(--warn); }
.problem { margin: .6rem 1rem 0; padding: .5rem .8rem; border: 1px solid var(--warn); border-radius: .3rem; color: var(--warn); background: var(--card); }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr) 21rem; }
.board { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); }
.strip { display: flex; flex-wrap: wrap; gap: .4rem 1.25rem; align-items: center; padding: .45rem 1rem; }
.layers { display: flex; gap: 1rem; }
.zoom { display: flex; gap: .25rem; align-items: center; margin-left: auto; }
.zoom output { min-width: 3.6rem; text-align: center; font-variant-numeric: tabular-nums; color: var(--soft); }
#stage { flex: 1; min-height: 12rem; position: relative; background: var(--stage); overflow: hidden; }
#stage:focus-visible { outline-offset: -2px; }
#board { position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none; cursor: grab; user-select: none; -webkit-user-select: none; }
.drawing #board { cursor: crosshair; }
#mode-hint { position: absolute; z-index: 1; left: 50%; top: .75rem; transform: translateX(-50%); background: #101418; color: #fff; padding: .35rem .8rem; border-radius: .3rem; pointer-events: none; width: max-content; max-width: 90%; }
.without-photo #photo, .without-sites #sites, .without-regions #regions, .without-variation #variation { display: none; }
.edge, .line { fill: none; vector-effect: non-scaling-stroke; }
.edge { stroke: #000; stroke-opacity: .6; stroke-width: 3.4px; }
.line { stroke-width: 1.6px; }
.site { pointer-events: all; cursor: pointer; }
.editor .site.selected { cursor: move; }
.site.filtered { display: none; }
.site.empty .line { stroke-dasharray: 6 4; }
.site.optional .line { stroke-dasharray: 1.5 3; }
.site.risk .line { stroke-width: 3px; }
.site.risk .edge { stroke-width: 5.4px; }
.site.hovered .line, .site.selected .line { stroke-width: 3px; stroke: #fff; }
.site.hovered .edge, .site.selected .edge { stroke-width: 6px; stroke-opacity: .85; }
.letter { font: 700 11px system-ui, sans-serif; stroke: #000; stroke-width: 2.5px; stroke-opacity: .8; paint-order: stroke; pointer-events: none; }
.site.small .letter { display: none; }
.region { cursor: pointer; }
.region .area { fill: transparent; pointer-events: none; }
.region .line { pointer-events: stroke; }
.region.ignore .area { fill: url(#hatch); pointer-events: all; }
.region .edge { stroke-width: 4.5px; }
.region.ignore .line { stroke: #fff; }
.region.high-risk .line { stroke: #ff7a59; stroke-width: 2.5px; }
.region .letter { fill: #fff; }
.region.high-risk .letter { fill: #ff9c82; }
.region.hovered .line, .region.selected .line { stroke-width: 4px; }
.region.hovered .edge, .region.selected .edge { stroke-width: 7px; }
.handle { fill: #fff; stroke: #101418; stroke-width: 1.5px; cursor: crosshair; }
.handle[data-handle=n], .handle[data-handle=s] { cursor: ns-resize; }
.handle[data-handle=e], .handle[data-handle=w] { cursor: ew-resize; }
.handle[data-handle=nw], .handle[data-handle=se] { cursor: nwse-resize; }
.handle[data-handle=ne], .handle[data-handle=sw] { cursor: nesw-resize; }
.tag { pointer-events: none; }
.tag rect { fill: #101418; stroke: #fff; stroke-width: 1px; }
.tag text { fill: #fff; font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.sketch { fill: #ffffff33; stroke: #fff; stroke-width: 2px; stroke-dasharray: 5 3; vector-effect: non-scaling-stroke; pointer-events: none; }
.key > div { display: flex; flex-wrap: wrap; gap: .3rem; }
.chip { display: inline-flex; align-items: center; gap: .4rem; padding: .15rem .55rem .15rem .35rem; border-radius: 1rem; }
.chip .number { color: var(--soft); font-variant-numeric: tabular-nums; }
.chip[aria-pressed=false] { opacity: .55; text-decoration: line-through; }
.swatch { flex: none; display: inline-flex; align-items: center; justify-content: center; width: 1.25rem; height: 1.05rem; background: #39424b; color: #fff; border: 2px solid var(--class, #fff); outline: 1px solid #39424b; font: 700 .7rem system-ui, sans-serif; }
.swatch.empty { border-style: dashed; }
.swatch.optional { border-style: dotted; }
.swatch.none { border-color: #fff; background: repeating-linear-gradient(45deg, #39424b 0 3px, #9aa4ae 3px 5px); }
aside { display: flex; flex-direction: column; gap: .9rem; padding: .9rem 1rem; overflow-y: auto; min-height: 0; }
#details { min-height: 9.5rem; }
.editor #details { min-height: 0; }
dl { margin: 0; font-variant-numeric: tabular-nums; }
dl div { display: grid; grid-template-columns: 5.5rem 1fr; padding: .12rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
form { display: grid; gap: .5rem; }
.field { display: flex; align-items: center; gap: .5rem; border: 0; margin: 0; padding: 0; }
.field > span, .field > legend { flex: 0 0 4rem; color: var(--soft); float: left; overflow-wrap: anywhere; }
.field > input, .field > select { flex: 1; }
fieldset.field { gap: .55rem; min-width: 0; }
fieldset.field label, .last label { white-space: nowrap; }
#site-variants { display: grid; gap: .35rem; }
#site-variants:empty { display: none; }
.numbers { display: grid; grid-template-columns: repeat(4, 1fr); gap: .4rem; color: var(--soft); }
.numbers label { display: flex; align-items: center; gap: .25rem; }
.numbers input { width: 100%; color: var(--ink); padding: .2rem .3rem; }
.last { display: flex; align-items: center; justify-content: space-between; gap: .5rem; }
.last input[name=rotation] { width: 3.5rem; }
.sites { display: flex; flex-direction: column; flex: 1 0 14rem; min-height: 14rem; }
#filter-text { margin-bottom: .5rem; }
#list { flex: 1 1 0; overflow-y: auto; list-style: none; padding: 0; border: 1px solid var(--line); border-radius: .3rem; background: var(--card); }
#list li { display: flex; gap: .5rem; align-items: baseline; padding: .22rem .5rem; cursor: pointer; content-visibility: auto; contain-intrinsic-size: auto 1.8rem; }
#list li .swatch { align-self: center; }
#list li.hovered { background: var(--ground); }
#list li[aria-selected=true] { background: var(--press); box-shadow: inset 3px 0 var(--accent); }
#list b { font-weight: 600; overflow-wrap: anywhere; }
.more { color: var(--soft); overflow-wrap: anywhere; }
details > summary { cursor: pointer; font-weight: 600; }
aside > details ul { padding-left: 1.1rem; margin-top: .3rem; }
aside > details p, form details p { margin: .3rem 0; }
.notice { font-size: .8125rem; }
@media (max-width: 52rem) {
  html, body { height: auto; }
  main { grid-template-columns: minmax(0, 1fr); }
  .board { border-right: 0; height: 70vh; }
}
@media (forced-colors: active) { .swatch, #board { forced-color-adjust: none; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --card: #fff; --stage: #fff; }
  html, body { height: auto; display: block; }
  main, aside, .sites, .board { display: block; }
  header .tools, .strip:not(.key), #details, form, #filter-text, aside > details:not([open]), #announcer, #marks { display: none !important; }
  #stage { height: auto; min-height: 0; background: none; outline: none; }
  #board { position: static; height: auto; max-height: 60vh; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .chip { border: 0; }
  .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .chip[aria-pressed=false] { display: none; }
  #list { columns: 3; border: 0; overflow: visible; font-size: 8pt; }
  #list li { content-visibility: visible; break-inside: avoid; background: none !important; box-shadow: none !important; padding: .05rem 0; }
}
`;
