/**
 * The beginnings that texts share, as states: 0 is the empty one, and the rest are numbered by length. Texts come sorted, so that what each
 * shares with the one before is all that it shares.
 */
export class Trie {
  /** By length of a beginning, the first state of that length; one more behind the longest. */
  readonly firsts: readonly number[];
  /** By state: the beginning without its last unit, and that unit. */
  readonly parents: Uint32Array;
  readonly units: Uint16Array;
  /** By text: the state of the whole. */
  readonly ends: readonly number[];

  constructor(sorted: readonly string[]) {
    const shared = sorted.map((text, index) => sharedLength(text, sorted[index - 1] ?? ''));
    this.firsts = firstsOf(sorted, shared);
    this.parents = new Uint32Array(this.states);
    this.units = new Uint16Array(this.states);
    const free = [...this.firsts];
    const path = [0];
    this.ends = sorted.map((text, index) => {
      for (let length = shared[index]! + 1; length <= text.length; length++) {
        const state = free[length]!++;
        this.parents[state] = path[length - 1]!;
        this.units[state] = text.charCodeAt(length - 1);
        path[length] = state;
      }
      return path[text.length]!;
    });
  }

  get states(): number {
    return this.firsts.at(-1)!;
  }
}

function firstsOf(sorted: readonly string[], shared: readonly number[]): number[] {
  const counts = [1];
  for (const [index, text] of sorted.entries())
    for (let length = shared[index]! + 1; length <= text.length; length++) counts[length] = (counts[length] ?? 0) + 1;
  const firsts = [0];
  for (const [length, count] of counts.entries()) firsts.push(firsts[length]! + count);
  return firsts;
}

function sharedLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}
