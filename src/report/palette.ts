/** Colours of pages that one works in, light and dark. */
export const PALETTE = `:root { color-scheme: light dark; --ink: #16191d; --soft: #56606b; --line: #d9dee3; --ground: #f6f7f8; --card: #fff; --stage: #262b30; --accent: #0b5cad; --on-accent: #fff; --warn: #b3261e; --press: #e3edf7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa4ae; --line: #2d343b; --ground: #121619; --card: #191e23; --stage: #0b0e10; --accent: #7ab8f5; --on-accent: #0b1622; --warn: #ff8a7a; --press: #22364a; }
}
`;
