import type { ReferenceFile } from '../schema.js';

/** What it is called in the labelling set-up: <Image name="image"/> and <RectangleLabels name="label" toName="image"/>. */
const FROM = 'label';
const TO = 'image';

/**
 * A reference as a Label Studio import of one task: its first golden photo by file name, and a box in per cent of the
 * photo for each site that may have a part. The project needs a control `RectangleLabels` named "label" over an `Image`
 * named "image", and the photo where the project's storage finds that name.
 */
export function toLabelStudio({ name, frame, golden, sites }: ReferenceFile): string {
  const { width, height } = frame;
  const result = sites
    .filter(({ expected }) => expected !== 'empty')
    .map(({ id, label, box }) => ({
      id,
      type: 'rectanglelabels',
      from_name: FROM,
      to_name: TO,
      original_width: width,
      original_height: height,
      image_rotation: 0,
      value: {
        x: percent(box.x, width),
        y: percent(box.y, height),
        width: percent(box.width, width),
        height: percent(box.height, height),
        rotation: 0,
        rectanglelabels: [label ?? 'unknown'],
      },
    }));
  const image = golden[0]?.file ?? golden[0]?.originalName ?? name;
  return `${JSON.stringify([{ data: { [TO]: image }, annotations: [{ result }] }], null, 1)}\n`;
}

function percent(value: number, of: number): number {
  // Six decimals: a thousandth of a pixel on the largest frame.
  return Math.round((value / of) * 1e8) / 1e6;
}
