import { basename } from 'node:path';
import pc from 'picocolors';
import type { Selftest } from '../document/index.js';
import { selftestSentence, simulationSentence, statedSentence, uneditedSentence } from './selftestWords.js';
import type { TableOptions } from './table.js';
import { count } from './words.js';
import { wrap } from './wrap.js';

type Colors = ReturnType<typeof pc.createColors>;

const PLACES = [
  ['bare', 'on bare surface'],
  ['beside', 'beside parts'],
  ['busy', 'on busy surface'],
] as const;

/** Up to so many parts of a size are drawn one by one. */
const MOST_DOTS = 24;

/** A self-test for a terminal: found by size, what that means, false calls and refusals. */
export function renderSelftestTable(selftest: Selftest, { color, width }: TableOptions): string {
  const c = pc.createColors(color);
  const columns = Math.max(40, Math.min(width || 80, 120));
  const { photo, reference, planted, found, edited, medianCenterErrorPx, registration } = selftest;
  const name = selftest.simulated ? 'a simulated second shot' : basename(photo.path) || 'photo';
  const lines = wrap(`Self-test: ${name} against ${reference.name}`, columns).map((line) => c.bold(line));
  lines.push(...wrap(selftestSentence(selftest), columns));
  if (registration.status === 'ok' && planted > 0) {
    const center =
      medianCenterErrorPx === null ? '' : `, the middle one ${medianCenterErrorPx.toFixed(1)} px off centre`;
    lines.push('', ...sizeLines(selftest, c), '');
    lines.push(...wrap(`Found: ${found} of ${planted}${center}; ${placesFound(selftest)}.`, columns));
    const stated = statedSentence(selftest);
    if (stated) lines.push(...wrap(stated, columns));
    lines.push(...wrap(`Refused: ${edited.refused} of ${count(edited.photos, 'edited photo')}.`, columns));
    if (edited.otherFindings > 0) {
      const other = `Other findings on the edited photos: ${edited.otherFindings}; they name no planted part.`;
      lines.push(...wrap(other, columns));
    }
  }
  lines.push(...wrap(uneditedSentence(selftest), columns));
  const simulation = simulationSentence(selftest);
  if (simulation) lines.push(...wrap(simulation, columns));
  lines.push(...wrap(selftest.notice, columns).map((line) => c.dim(line)));
  return `${lines.join('\n')}\n`;
}

function sizeLines({ sizes, reference: { mmPerPixel }, smallestShownPartPx }: Selftest, c: Colors): string[] {
  const mm = mmPerPixel !== null;
  const head = `${'size'.padStart(7)}${mm ? '      mm' : ''}  planted  found`;
  return [
    c.dim(head),
    ...sizes.map(({ longSidePx, planted, found }) => {
      const shown = smallestShownPartPx !== null && longSidePx >= smallestShownPartPx;
      const size = `${String(longSidePx).padStart(4)} px${mm ? (longSidePx * mmPerPixel).toFixed(1).padStart(8) : ''}`;
      const dots =
        planted > MOST_DOTS
          ? `${Math.round((100 * found) / planted)} %`
          : c.green('●'.repeat(found)) + c.red('○'.repeat(planted - found));
      const row = `${size}  ${String(planted).padStart(7)}  ${String(found).padStart(5)}  `;
      return `${shown ? c.bold(row) : row}${dots}`;
    }),
  ];
}

function placesFound({ plants }: Selftest): string {
  return PLACES.flatMap(([place, words]) => {
    const there = plants.filter((plant) => plant.place === place);
    if (there.length === 0) return [];
    return [`${there.filter((plant) => plant.found).length} of ${there.length} ${words}`];
  }).join(', ');
}
