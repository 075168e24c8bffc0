// Writes docs/inspection.schema.json from the one definition in src/document; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { inspectionSchema } from '../dist/index.js';

const file = new URL('../docs/inspection.schema.json', import.meta.url);
const text = `${JSON.stringify(z.toJSONSchema(inspectionSchema), null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/inspection.schema.json is out of date: run npm run schema');
    process.exit(1);
  }
} else writeFileSync(file, text);
