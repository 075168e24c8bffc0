/** What pages with controls have in common: colours in light and dark, buttons, fields, and what is only said. */
export const APP_STYLE = `
:root { color-scheme: light dark; --ink: #16191d; --soft: #56606b; --line: #d9dee3; --ground: #f6f7f8; --card: #fff; --stage: #262b30; --accent: #0b5cad; --on-accent: #fff; --warn: #b3261e; --press: #e3edf7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa4ae; --line: #2d343b; --ground: #121619; --card: #191e23; --stage: #0b0e10; --accent: #7ab8f5; --on-accent: #0b1622; --warn: #ff8a7a; --press: #22364a; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul { margin: 0; }
.soft { color: var(--soft); font-weight: 400; }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .3rem; padding: .25rem .6rem; min-width: 0; }
button { cursor: pointer; }
button:hover:enabled { border-color: var(--soft); }
button:disabled { color: var(--soft); cursor: default; opacity: .65; }
input[type=checkbox], input[type=radio] { accent-color: var(--accent); margin: 0 .3rem 0 0; vertical-align: -.1em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;
