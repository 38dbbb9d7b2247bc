/** A string to find, and the number to report for it. */
export type Pattern = readonly [text: string, value: number];

const root = 0;

/**
 * Finds many strings in one pass over a text (Aho and Corasick 1975, with the failure links worked into the table). Time to scan grows
 * with the text, not with the number of patterns. Reads UTF-16 units.
 */
export class Automaton {
  /** Class of each UTF-16 unit: 0 for those in no pattern. */
  readonly #classes = new Uint16Array(0x10000);
  readonly #width: number;
  /** Next state by state and class, then the values found on arriving in a state. */
  readonly #next: Int32Array;
  readonly #values: number[][] = [[]];

  constructor(patterns: readonly Pattern[]) {
    this.#width = this.#classify(patterns);
    const states = 1 + patterns.reduce((sum, [text]) => sum + text.length, 0);
    this.#next = new Int32Array(states * this.#width);
    for (const pattern of patterns) this.#add(pattern);
    this.#linkFailures();
  }

  /** Adds to `found` the values of all patterns that occur in the text. */
  scan(text: string, found: Set<number>): void {
    let state = root;
    for (let at = 0; at < text.length; at++) {
      state = this.#next[state * this.#width + this.#classes[text.charCodeAt(at)]!]!;
      for (const value of this.#values[state]!) found.add(value);
    }
  }

  #classify(patterns: readonly Pattern[]): number {
    const units = new Set(patterns.flatMap(([text]) => text.split('')));
    [...units].forEach((unit, index) => (this.#classes[unit.charCodeAt(0)] = index + 1));
    return units.size + 1;
  }

  #add([text, value]: Pattern): void {
    let state = root;
    for (let at = 0; at < text.length; at++) {
      const cell = state * this.#width + this.#classes[text.charCodeAt(at)]!;
      if (this.#next[cell] === root) this.#next[cell] = this.#values.push([]) - 1;
      state = this.#next[cell]!;
    }
    this.#values[state]!.push(value);
  }

  /** Breadth first: a state's failure is shorter than itself, so its row is complete when it is needed. */
  #linkFailures(): void {
    const failure = new Int32Array(this.#values.length);
    const queue = [root];
    for (const state of queue) {
      for (let unit = 1; unit < this.#width; unit++) {
        const cell = state * this.#width + unit;
        const fallback = state === root ? root : this.#next[failure[state]! * this.#width + unit]!;
        const child = this.#next[cell]!;
        if (child === root) this.#next[cell] = fallback;
        else this.#adopt(child, { fallback, failure, queue });
      }
    }
  }

  #adopt(child: number, { fallback, failure, queue }: { fallback: number; failure: Int32Array; queue: number[] }): void {
    failure[child] = fallback;
    this.#values[child] = [...new Set([...this.#values[child]!, ...this.#values[fallback]!])];
    queue.push(child);
  }
}
