import { type Box, boxIoU } from '../geometry/index.js';

/** A part that one good board shows. */
export interface Sighting {
  box: Box;
  score: number;
  label: string;
}

/** A part that good boards agree on. */
export interface AgreedPart extends Sighting {
  /** Number of boards that show it. */
  boards: number;
}

/** Sightings that share so much are of one part. */
const SAME = 0.4;

/**
 * Joins what several good boards show into parts, strongest first. Box and score are means, the label is the one with
 * the largest sum of scores. A board counts once a part.
 * @param boards sightings of each board, in one frame
 * @param confident score that at least one board must give
 * @param least share of the boards that must show a part, 0 to 1
 */
export function agree(
  boards: readonly (readonly Sighting[])[],
  confident: number,
  least: number,
): AgreedPart[] {
  const all = boards.flatMap((parts, board) => parts.map((part) => ({ ...part, board })));
  all.sort((a, b) => b.score - a.score);
  const groups: (typeof all)[] = [];
  for (const part of all) {
    const best = groups
      .map((group) => ({ group, iou: boxIoU(group[0]!.box, part.box) }))
      .filter(({ group, iou }) => iou >= SAME && !group.some(({ board }) => board === part.board))
      .sort((a, b) => b.iou - a.iou)[0];
    if (best) best.group.push(part);
    else groups.push([part]);
  }
  return groups
    .filter((group) => group[0]!.score >= confident && group.length >= least * boards.length)
    .map((group) => ({
      box: meanBox(group.map(({ box }) => box)),
      score: mean(group.map(({ score }) => score)),
      label: commonest(group),
      boards: group.length,
    }));
}

function commonest(group: readonly Sighting[]): string {
  const sums = new Map<string, number>();
  for (const { label, score } of group) sums.set(label, (sums.get(label) ?? 0) + score);
  return [...sums].sort((a, b) => b[1] - a[1])[0]![0];
}

function meanBox(boxes: readonly Box[]): Box {
  return {
    x: mean(boxes.map(({ x }) => x)),
    y: mean(boxes.map(({ y }) => y)),
    width: mean(boxes.map(({ width }) => width)),
    height: mean(boxes.map(({ height }) => height)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
