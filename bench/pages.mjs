// Prints the figures of the pages: runs every measurement in bench/pages/ that is one.  npm run bench:pages
import { readdirSync } from 'node:fs';

const here = new URL('./pages/', import.meta.url);
for (const name of readdirSync(here).sort()) {
  if (!name.endsWith('.mjs')) continue;
  const { measure } = await import(new URL(name, here).href);
  if (measure) await measure();
}
