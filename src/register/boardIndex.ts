import type { CompactFeatures } from './compactFeatures.js';
import { DescriptorVotes } from './descriptorVotes.js';
import { loadOpenCv } from './opencv.js';
import { scoreBoard } from './scoreBoard.js';

/** Boards with the most votes whose features are matched one by one. */
const LOOKED_AT = 12;

/** A board of the index and how many of its features a photo shows in their places. */
export interface Likeness {
  /** Its number in the index. */
  board: number;
  score: number;
}

/** Many boards by their compact features, to be asked which of them a photo shows. */
export class BoardIndex {
  private readonly votes: DescriptorVotes;

  constructor(private readonly boards: readonly CompactFeatures[]) {
    this.votes = new DescriptorVotes(boards.map(({ features }) => features.descriptors));
  }

  /** The boards that are most like a photo, {@link LOOKED_AT} at most, best first; the same photo, the same answer. */
  async rank(photo: CompactFeatures): Promise<Likeness[]> {
    const { cv } = await loadOpenCv();
    const votes = this.votes.count(photo.features.descriptors);
    const first = [...votes.keys()].sort((a, b) => votes[b]! - votes[a]! || a - b).slice(0, LOOKED_AT);
    return first
      .map((board) => ({ board, score: scoreBoard(cv, photo, this.boards[board]!) }))
      .sort((a, b) => b.score - a.score || votes[b.board]! - votes[a.board]! || a.board - b.board);
  }
}
