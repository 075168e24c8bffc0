// Writes the JSON Schemas in docs/ from the definitions in src/document; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { inspectionSchema, selftestSchema } from '../dist/index.js';

for (const [name, schema] of [
  ['inspection', inspectionSchema],
  ['selftest', selftestSchema],
]) {
  const file = new URL(`../docs/${name}.schema.json`, import.meta.url);
  const text = `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) {
      console.error(`docs/${name}.schema.json is out of date: run npm run schema`);
      process.exitCode = 1;
    }
  } else writeFileSync(file, text);
}
