import type { FoldedUnits } from './folded-units';
import { Trie } from './trie';

export const BLANK = ' '.charCodeAt(0);
/** Class of what is no folded text: whoever reads something else stops there. */
export const STOP = 0;
const [OTHER, SPACE] = [1, 2];
const NARROW = 0x8000;

/** What to look for in folded text, where a blank is the border of a word, and the number to report for it. Without blanks at its ends it is found within words. */
export type Needle = readonly [text: string, value: number];

/**
 * Finds many needles in one pass over folded text: the automaton of Aho and Corasick (1975), each state being the longest beginning of a
 * needle that the text read so far ends with. Time to scan grows with the text, not with the number of needles. Reads UTF-16 units; state 0
 * is none of them, within a word. The short states, met most often, lie together, and a row of few classes is one line of the cache.
 */
export class Automaton {
  /** Class of each UTF-16 unit, those of ASCII below 256; what is in no needle has one class. */
  readonly classes = new Uint16Array(0x10000).fill(OTHER);
  /** `next[(state << shift) | class]` is the state after one more unit, and `mark` with it where a needle ends, or where nothing was read. */
  readonly next: Uint16Array | Uint32Array;
  readonly shift: number;
  readonly mark: number;
  readonly states: number;
  readonly #values = new Map<number, readonly number[]>();

  constructor(needles: readonly Needle[]) {
    const sorted = needles.toSorted(([one], [other]) => (one < other ? -1 : 1));
    const trie = new Trie(sorted.map(([text]) => text));
    this.states = trie.states;
    this.mark = this.states < NARROW ? NARROW : 0x8000_0000;
    this.shift = Math.ceil(Math.log2(this.#classify(trie.units)));
    this.next = new (this.mark === NARROW ? Uint16Array : Uint32Array)(this.states << this.shift);
    for (const [index, [, value]] of sorted.entries()) this.#addValues(trie.ends[index]!, [value]);
    this.#fill(trie);
  }

  /** The values of the needles that end on arriving in a state. */
  values(state: number): readonly number[] {
    return this.#values.get(state) ?? [];
  }

  /** The states on arriving in which a needle ends. */
  get ending(): Iterable<number> {
    return this.#values.keys();
  }

  /** Tells each needle found, and the place behind it. */
  scan({ units, length }: Pick<FoldedUnits, 'units' | 'length'>, tell: (value: number, behind: number) => void): void {
    const { classes, next, shift, mark } = this;
    let state = 0;
    for (let at = 0; at < length; at++) {
      state = next[(state << shift) | classes[units[at]!]!]!;
      if (state < mark) continue;
      state -= mark;
      for (const value of this.values(state)) tell(value, at + 1);
    }
  }

  /** @returns how many classes there are */
  #classify(units: Uint16Array): number {
    const inNeedles = new Set(units.subarray(1)).add(BLANK);
    let count = SPACE;
    this.classes[BLANK] = count++;
    inNeedles.delete(BLANK);
    for (const unit of [...inNeedles].sort((a, b) => a - b)) this.classes[unit] = count++;
    return count;
  }

  #addValues(state: number, more: readonly number[]): void {
    this.#values.set(state, [...this.values(state), ...more]);
  }

  /** By length: all that are shorter are done, and have what a state falls back to where its needle does not go on. */
  #fill({ firsts, parents, units }: Trie): void {
    const { classes, next, shift, mark } = this;
    const shorter = new Uint32Array(this.states);
    this.#copyRow(0, 0, 0);
    for (let length = 1; length < firsts.length - 1; length++) {
      const [from, to] = [firsts[length]!, firsts[length + 1]!];
      for (let state = from; state < to; state++) {
        const slot = (parents[state]! << shift) | classes[units[state]!]!;
        // Until now it holds the state that goes on from the next shorter beginning.
        const fallback = (shorter[state] = next[slot]! & (mark - 1));
        if (this.#values.has(fallback)) this.#addValues(state, this.values(fallback));
        next[slot] = this.#values.has(state) ? state + mark : state;
      }
      for (let state = from; state < to; state++) this.#copyRow(shorter[state]!, state, units[state]!);
    }
  }

  #copyRow(from: number, to: number, unit: number): void {
    const { next, shift } = this;
    const row = to << shift;
    next.copyWithin(row, from << shift, (from + 1) << shift);
    next[row | STOP] = to + this.mark;
    // A run of separators is one: behind a blank, the next changes nothing.
    if (unit === BLANK) next[row | SPACE] = to;
  }
}
