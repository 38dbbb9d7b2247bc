const GRAM = 4;
const BITS = 14;
const KNUTH = 0x9e3779b1;

/**
 * Finds words of ASCII by looking at four bytes every few places: wherever a word stands, one of these fours is part of it. Three times
 * faster in megabytes of XML than a search that stops at each "<" or "P". Words may not overlap.
 */
export class GramSearch {
  readonly #words: readonly Uint8Array[];
  readonly #stride: number;
  /** By the hash of four bytes: one more than the number of a word and their place in it, or 0. */
  readonly #slots = new Uint8Array(1 << BITS);

  constructor(...words: readonly string[]) {
    this.#words = words.map((word) => Buffer.from(word, 'latin1'));
    this.#stride = Math.min(...words.map((word) => word.length)) - GRAM + 1;
    for (const [number, word] of words.entries())
      for (let place = 0; place < this.#stride; place++) {
        const slot = hash(Buffer.from(word, 'latin1').readInt32LE(place));
        if (this.#slots[slot] !== 0) throw new Error(`Expected words whose fours differ, got ${words.join(' and ')}. Search another way.`);
        this.#slots[slot] = number * this.#stride + place + 1;
      }
  }

  /** The first place of a word at or behind `from` and wholly before `end`, or -1. */
  find(bytes: DataView, from: number, end: number): number {
    const stride = this.#stride;
    const slots = this.#slots;
    const last = end - GRAM;
    for (let at = from + stride - 1; at <= last; at += stride) {
      const slot = slots[hash(bytes.getInt32(at, true))]!;
      if (slot === 0) continue;
      const start = at - ((slot - 1) % stride);
      const word = this.#words[Math.floor((slot - 1) / stride)]!;
      if (start >= from && start + word.length <= end && stands(bytes, start, word)) return start;
    }
    return -1;
  }
}

function stands(bytes: DataView, start: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at++) if (bytes.getUint8(start + at) !== word[at]) return false;
  return true;
}

function hash(gram: number): number {
  return Math.imul(gram, KNUTH) >>> (32 - BITS);
}
