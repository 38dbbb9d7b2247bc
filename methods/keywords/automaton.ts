const BLANK = ' '.charCodeAt(0);

/** What to look for in folded text, where a blank is the border of a word, and the number to report for it. Without blanks at its ends it is found within words. */
export type Needle = readonly [text: string, value: number];

/**
 * Finds many needles in one pass over folded text: the automaton of Aho and Corasick (1975), each state being the longest beginning of a
 * needle that the text read so far ends with. Time to scan grows with the text, not with the number of needles. Reads UTF-16 units; state 0
 * is none of them, within a word.
 */
export class Automaton {
  /** Class of each UTF-16 unit; 0 is in no needle. */
  readonly #classes = new Uint16Array(0x10000);
  readonly #width: number;
  /** By state and class, the state after it. */
  readonly #next: Uint16Array | Uint32Array;
  readonly #values: number[][] = [[]];

  constructor(needles: readonly Needle[]) {
    const units = new Set([BLANK, ...needles.flatMap(([text]) => unitsOf(text))]);
    [...units].forEach((unit, index) => (this.#classes[unit] = index + 1));
    this.#width = units.size + 1;
    const states = statesOf(needles.map(([text]) => text));
    this.#next = new (states <= 0x10000 ? Uint16Array : Uint32Array)(states * this.#width);
    this.#grow(needles);
    this.#fallBack();
  }

  get states(): number {
    return this.#values.length;
  }

  /** Units of one class lead to the same states. */
  classOf(unit: number): number {
    return this.#classes[unit]!;
  }

  /** The state after one more UTF-16 unit of folded text. */
  next(state: number, unit: number): number {
    return this.#next[state * this.#width + this.#classes[unit]!]!;
  }

  /** The values of the needles that end on arriving in a state. */
  values(state: number): readonly number[] {
    return this.#values[state]!;
  }

  /** Adds to `found` the values of all needles that occur in the text. */
  scan(text: string, found: Set<number>): void {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = this.next(state, text.charCodeAt(at));
      const values = this.#values[state]!;
      if (values.length > 0) for (const value of values) found.add(value);
    }
  }

  /** The trie, by depth: states that begin alike share a number, and the short ones, met most often, lie together. */
  #grow(needles: readonly Needle[]): void {
    let growing = needles.map(([text, value]) => ({ text, value, state: 0 }));
    for (let depth = 0; growing.length > 0; depth++) {
      for (const one of growing) {
        if (depth === one.text.length) this.#values[one.state]!.push(one.value);
        else one.state = this.#child(one.state, one.text.charCodeAt(depth));
      }
      growing = growing.filter(({ text }) => depth < text.length);
    }
  }

  #child(state: number, unit: number): number {
    const slot = state * this.#width + this.#classes[unit]!;
    if (this.#next[slot] === 0) this.#next[slot] = this.#values.push([]) - 1;
    return this.#next[slot]!;
  }

  /** Where a needle does not go on, the longest end of what was read that begins another one does: it is shorter, so its row is done. */
  #fallBack(): void {
    const shorter = new Uint32Array(this.states);
    for (let state = 0; state < this.states; state++) {
      for (let read = 1; read < this.#width; read++) {
        const slot = state * this.#width + read;
        const fallback = state === 0 ? 0 : this.#next[shorter[state]! * this.#width + read]!;
        const child = this.#next[slot]!;
        if (child === 0) this.#next[slot] = fallback;
        else {
          shorter[child] = fallback;
          this.#values[child]!.push(...this.#values[fallback]!);
        }
      }
    }
  }
}

/** Sorted, a needle has as many beginnings of its own as it goes on beyond what it shares with the one before. */
function statesOf(needles: readonly string[]): number {
  const sorted = needles.toSorted();
  return sorted.reduce((sum, text, index) => sum + text.length - sharedLength(text, sorted[index - 1] ?? ''), 1);
}

function sharedLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
