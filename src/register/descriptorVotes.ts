/** Tables that descriptors are looked up in: one for each 16 bits of an ORB descriptor… */
const TABLES = 16;
/** …by the lower so many of them. Two looks at one spot differ in a sixth of their bits: most share one table's key. */
const KEY_BITS = 12;
const KEYS = 1 << KEY_BITS;
/** Descriptors that differ in more bits than this are not of one spot, as a rule. */
const NEAR = 56;
/** Bytes of a descriptor, and 32-bit words of it. */
const BYTES = 32;
const WORDS = BYTES / 4;

/**
 * Votes on which of many boards a set of descriptors comes from (locality-sensitive hashing, Indyk and Motwani 1998):
 * only those that share 12 bits in one place are compared at all, so that the cost grows far slower than the boards.
 */
export class DescriptorVotes {
  private readonly words: Int32Array;
  /** The board that each descriptor is of. */
  private readonly owner: Uint16Array;
  /** Descriptors sorted by key, table after table, and where the run of each key begins. */
  private readonly items: Int32Array;
  private readonly starts: Int32Array;

  /** @param boards descriptors of {@link BYTES} bytes each, board by board, 65,535 boards at most */
  constructor(private readonly boards: readonly Uint8Array[]) {
    const bytes = boards.reduce((sum, { length }) => sum + length, 0);
    const count = bytes / BYTES;
    this.words = new Int32Array(bytes / 4);
    this.owner = new Uint16Array(count);
    const all = new Uint8Array(this.words.buffer);
    let at = 0;
    for (const [board, descriptors] of boards.entries()) {
      all.set(descriptors, at);
      this.owner.fill(board, at / BYTES, (at + descriptors.length) / BYTES);
      at += descriptors.length;
    }
    this.items = new Int32Array(TABLES * count);
    this.starts = new Int32Array(TABLES * (KEYS + 1));
    const halves = new Uint16Array(this.words.buffer);
    for (let table = 0; table < TABLES; table++) this.fill(table, halves, count);
  }

  /** Counting sort of all descriptors by their key in one table. */
  private fill(table: number, halves: Uint16Array, count: number): void {
    const starts = this.starts.subarray(table * (KEYS + 1), (table + 1) * (KEYS + 1));
    for (let k = 0; k < count; k++) starts[(halves[k * TABLES + table]! & (KEYS - 1)) + 1]!++;
    for (let key = 0; key < KEYS; key++) starts[key + 1]! += starts[key]!;
    const next = starts.slice();
    for (let k = 0; k < count; k++) {
      this.items[table * count + next[halves[k * TABLES + table]! & (KEYS - 1)]!++] = k;
    }
  }

  /**
   * A number of votes for each board. A descriptor that looks like spots of many boards says little: they share its
   * vote.
   * @param descriptors of {@link BYTES} bytes each
   */
  count(descriptors: Uint8Array): Float64Array {
    const votes = new Float64Array(this.boards.length);
    const own = descriptors.slice();
    const asked = new Int32Array(own.buffer);
    const halves = new Uint16Array(own.buffer);
    const total = this.owner.length;
    const seen = new Int32Array(total).fill(-1);
    const voted = new Int32Array(this.boards.length).fill(-1);
    const near: number[] = [];
    for (let query = 0; query * BYTES < own.length; query++) {
      near.length = 0;
      for (let table = 0; table < TABLES; table++) {
        const key = table * (KEYS + 1) + (halves[query * TABLES + table]! & (KEYS - 1));
        for (let k = this.starts[key]!; k < this.starts[key + 1]!; k++) {
          const item = this.items[table * total + k]!;
          if (seen[item] === query) continue;
          seen[item] = query;
          const board = this.owner[item]!;
          if (voted[board] === query || this.distance(asked, query, item) > NEAR) continue;
          voted[board] = query;
          near.push(board);
        }
      }
      for (const board of near) votes[board]! += 1 / near.length;
    }
    return votes;
  }

  /** Bits in which a descriptor that is asked for differs from one that is kept. */
  private distance(asked: Int32Array, query: number, item: number): number {
    let bits = 0;
    for (let w = 0; w < WORDS; w++)
      bits += bitsSet(asked[query * WORDS + w]! ^ this.words[item * WORDS + w]!);
    return bits;
  }
}

function bitsSet(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
