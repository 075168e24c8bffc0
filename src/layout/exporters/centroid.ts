import { UserError } from '../../errors.js';
import { boxCenter } from '../../geometry/index.js';
import type { ReferenceFile } from '../schema.js';

/**
 * A reference as a placement file for pick-and-place machines: CSV with `Designator,Val,Package,Mid X,Mid Y,Rotation,Side,Class,Expected`,
 * millimetres from the lower left corner of the frame, y up, both sides as seen through the top. Rotation is
 * counter-clockwise as seen from the part's own side, 0 where it is not known. Sites that expect no part are left out:
 * machines place every line. Sizes, variants and regions are left out as well.
 * @throws UserError when the reference does not know its scale
 */
export function toCentroid({ name, frame, source, sites }: ReferenceFile): string {
  const { width, height, mmPerPixel } = frame;
  if (mmPerPixel === null) {
    throw new UserError(
      `reference "${name}": expected its scale for places in millimetres, got none`,
      'Make the reference with --mm-per-pixel, or choose another format.',
    );
  }
  const side = source.side ?? 'top';
  const rows = sites
    .filter(({ expected }) => expected !== 'empty')
    .map(({ id, label, expected, part, rotation, box }) => {
      const [x, y] = boxCenter(box);
      // The frame of a bottom side is seen from below.
      const fromLeft = side === 'bottom' ? width - x : x;
      const places = [fromLeft * mmPerPixel, (height - y) * mmPerPixel].map((mm) => mm.toFixed(4));
      const own = [(rotation ?? 0).toFixed(2), side, cell(label ?? ''), expected];
      return [cell(id), cell(part ?? ''), '', ...places, ...own].join(',');
    });
  return `${['Designator,Val,Package,Mid X,Mid Y,Rotation,Side,Class,Expected', ...rows].join('\n')}\n`;
}

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
