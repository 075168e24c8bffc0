import type { ReferenceFile } from '../schema.js';

/**
 * A reference as a YOLO label file: one box a line as class number, then middle and size as shares of the first golden
 * photo. The two lines of comment before them hold the classes' names and the photo's size, for people and for an import;
 * trainers that read no comments want them cut off. Sites that expect no part have no line, and those of unknown class
 * are of the class "unknown". Names of sites, rotations and parts are left out.
 */
export function toYolo({ frame, sites }: ReferenceFile): string {
  const parts = sites.filter(({ expected }) => expected !== 'empty');
  const classes = [...new Set(parts.map(({ label }) => nameOf(label)))].sort();
  const lines = parts.map(({ label, box }) => {
    const shares = [
      (box.x + box.width / 2) / frame.width,
      (box.y + box.height / 2) / frame.height,
      box.width / frame.width,
      box.height / frame.height,
    ];
    // A hundred-millionth of the largest frame is a thousandth of a pixel.
    return [classes.indexOf(nameOf(label)), ...shares.map((share) => share.toFixed(8))].join(' ');
  });
  const head = [`# classes: ${classes.join(', ')}`, `# size: ${frame.width} ${frame.height}`];
  return `${[...head, ...lines].join('\n')}\n`;
}

/** A name must not end the list of names that it stands in. */
function nameOf(label: string | null): string {
  return label?.replaceAll(/[\s,]+/g, ' ').trim() || 'unknown';
}
