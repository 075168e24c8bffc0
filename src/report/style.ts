/** The look of lists of reports: calm, light and dark, from a phone to paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #16191d; --soft: #56606b; --line: #d9dee3; --ground: #f6f7f8; --card: #fff; --empty: #262b30; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa4ae; --line: #2d343b; --ground: #121619; --card: #191e23; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
p { margin: 0; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; }
.board { font-weight: 600; overflow-wrap: anywhere; }
.board span { color: var(--soft); font-weight: 400; }
h1 { margin: .5rem 0 .9rem; font-size: 1.75rem; line-height: 1.2; }
.verdict { display: inline-block; color: #fff; padding: .35rem .9rem; border-radius: .3rem; letter-spacing: .05em; font-weight: 700; }
.meaning { font-size: 1.2rem; overflow-wrap: anywhere; }
.next { font-size: 1.05rem; margin-top: .15rem; }
.notice { color: var(--soft); margin-top: .75rem; }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .75rem; }
h3 { margin: 0 0 .5rem; font-size: 1.05rem; line-height: 1.3; }
dl { margin: .9rem 0 0; font-size: .9rem; font-variant-numeric: tabular-nums; }
dl div { display: grid; grid-template-columns: 5.5rem 1fr; padding: .2rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); padding: .75rem 0; }
summary { cursor: pointer; font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin-top: .5rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: 400; color: var(--soft); width: 16rem; }
.sites tbody th { color: inherit; width: auto; }
thead th { font-weight: 600; border: 0; }
@media (max-width: 48rem) {
  main { padding: 1.25rem .9rem 3rem; }
  tbody th { width: 9rem; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --card: #fff; }
  main { max-width: none; padding: 0; }
  .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, summary { break-after: avoid; }
}
`;
