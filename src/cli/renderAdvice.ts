import pc from 'picocolors';
import type { Advice } from '../advise.js';
import { NOTICE } from '../document/index.js';
import { showControls } from '../report/escape.js';

/** The advice for a terminal: a line a check, what to change below it, then what the photo would show. */
export function renderAdvice(
  { good, checks, shots, smallestPartPx, smallestPartMm }: Advice,
  { color }: { color: boolean },
): string {
  const c = pc.createColors(color);
  const lines = [good ? c.bold(c.green('GOOD ENOUGH')) : c.bold(c.yellow('TAKE IT AGAIN'))];
  for (const { name, good: fine, measured, advice } of checks) {
    lines.push(`${fine ? c.green('✓') : c.yellow('✗')} ${name.padEnd(9)} ${showControls(measured)}`);
    if (advice) lines.push(`            ${c.bold(showControls(advice))}`);
  }
  lines.push('');
  if (smallestPartPx !== null) {
    const size =
      smallestPartMm === null ? `${smallestPartPx} px of the reference` : `${smallestPartMm.toFixed(1)} mm`;
    lines.push(`Parts from about ${size} on would show.`);
  }
  if (shots > 1) {
    const side = Math.sqrt(shots);
    lines.push(
      `As fine as the golden photo: ${shots} close-ups, ${side} by ${side}, all given to one boardiff inspect.`,
    );
  }
  lines.push(c.dim(NOTICE));
  return `${lines.join('\n')}\n`;
}
