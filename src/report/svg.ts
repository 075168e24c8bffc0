import type { Box, Point } from '../geometry/index.js';

/** How a rectangle is painted; widths in pixels. */
interface Paint {
  fill?: string;
  stroke?: string;
  strokeWidth?: number;
  radius?: number;
  /** Lengths of dashes and gaps. */
  dash?: string;
}

/**
 * An SVG file of this size, to be laid over a picture.
 * @param top where the file begins in the content's own coordinates, so that a large drawing can be had in strips
 */
export function svgImage(width: number, height: number, content: string, top = 0): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 ${top} ${width} ${height}">${content}</svg>`,
  );
}

/** A rectangle as an SVG element. */
export function svgRect({ x, y, width, height }: Box, paint: Paint): string {
  const { fill = 'none', stroke, strokeWidth = 1, radius = 0, dash } = paint;
  const line = stroke ? ` stroke="${stroke}" stroke-width="${strokeWidth.toFixed(2)}"` : '';
  const dashes = dash ? ` stroke-dasharray="${dash}"` : '';
  return (
    `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0, width).toFixed(1)}" ` +
    `height="${Math.max(0, height).toFixed(1)}" rx="${radius.toFixed(1)}" fill="${fill}"${line}${dashes}/>`
  );
}

/** A straight line as path data. */
export function linePath([[ax, ay], [bx, by]]: readonly [Point, Point]): string {
  return `M${ax.toFixed(1)} ${ay.toFixed(1)}L${bx.toFixed(1)} ${by.toFixed(1)}`;
}
