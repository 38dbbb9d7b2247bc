import type { LineBlock } from './lines';

/**
 * Finds one text in the lines of a block, line by line in order. It remembers what it found beyond the line, so that each byte is searched once.
 * The text should begin with a byte that is rare: the search looks for that first.
 */
export class Finder {
  readonly #needle: Buffer;
  #next = -1;
  #block: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(readonly text: string) {
    this.#needle = Buffer.from(text);
  }

  start({ buffer, length }: Pick<LineBlock, 'buffer' | 'length'>): void {
    this.#block = buffer.subarray(0, length);
    this.#length = length;
    this.#next = -1;
  }

  /** Where the text stands at or behind `from` and before `end`; -1 if it does not. */
  within(from: number, end: number): number {
    if (this.#next < from) {
      const found = this.#block.indexOf(this.#needle, from);
      this.#next = found < 0 ? this.#length : found;
    }
    return this.#next < end ? this.#next : -1;
  }
}
