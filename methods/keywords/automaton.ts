import { needleTrie, type Needle, type Place } from './needle';

const BLANK = ' '.charCodeAt(0);

/**
 * Finds many needles in one pass over folded text: the deterministic automaton of their trie (subset construction), each state being the
 * set of places that the text read so far may have reached. Time to scan grows with the text, not with the number of needles. Reads UTF-16
 * units; state 0 is the start, within a word.
 */
export class Automaton {
  /** Class of each UTF-16 unit. */
  readonly #classes = new Uint16Array(0x10000);
  readonly #units: number[];
  readonly #rows: Uint32Array[] = [];
  readonly #values: number[][] = [];

  constructor(needles: readonly Needle[]) {
    this.#units = [BLANK, ...new Set(needles.flatMap(([text]) => text.replace(/[ *?]/g, '').split('')))].map((unit) =>
      typeof unit === 'number' ? unit : unit.charCodeAt(0),
    );
    this.#units.forEach((unit, index) => (this.#classes[unit] = index + 1));
    this.#build(needleTrie(needles));
  }

  get states(): number {
    return this.#rows.length;
  }

  /** Units of one class lead to the same states. */
  classOf(unit: number): number {
    return this.#classes[unit]!;
  }

  /** The state after one more UTF-16 unit of folded text. */
  next(state: number, unit: number): number {
    return this.#rows[state]![this.#classes[unit]!]!;
  }

  /** The values of the needles that end on arriving in a state. */
  values(state: number): readonly number[] {
    return this.#values[state]!;
  }

  /** Adds to `found` the values of all needles that occur in the text. */
  scan(text: string, found: Set<number>): void {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = this.#rows[state]![this.#classes[text.charCodeAt(at)]!]!;
      const values = this.#values[state]!;
      if (values.length > 0) for (const value of values) found.add(value);
    }
  }

  #build(root: Place): void {
    const known = new Map<string, number>();
    const sets: Place[][] = [];
    const alone = new Map<Place | undefined, number>();
    const stateOf = (reached: Place[]): number => {
      // Most states are one place and the root: found without making the set.
      if (reached.length > 1) return stateOfSet(reached);
      const state = alone.get(reached[0]) ?? stateOfSet(reached);
      alone.set(reached[0], state);
      return state;
    };
    const stateOfSet = (reached: Place[]): number => {
      const set = closure([root, ...reached]);
      const name = set.map(({ id }) => id).join();
      const state = known.get(name) ?? sets.push(set) - 1;
      known.set(name, state);
      return state;
    };
    stateOf([]);
    for (const set of sets) {
      this.#values.push([...new Set(set.flatMap(({ values }) => values))]);
      this.#rows.push(this.#row(set, stateOf));
    }
  }

  #row(set: readonly Place[], stateOf: (reached: Place[]) => number): Uint32Array {
    const free = set.flatMap((place) => [...(place.loops ? [place] : []), ...(place.option === null ? [] : [place.option])]);
    const row = new Uint32Array(this.#units.length + 1).fill(stateOf(free));
    row[this.#classes[BLANK]!] = stateOf([]);
    for (const unit of new Set(set.flatMap(({ children }) => [...children.keys()]))) {
      const reached = set.flatMap(({ children }) => children.get(unit) ?? []);
      row[this.#classes[unit]!] = stateOf(unit === BLANK ? reached : [...reached, ...free]);
    }
    return row;
  }
}

/** The places with all that nothing at all leads to, each once, by id. */
function closure(places: readonly Place[]): Place[] {
  const all = new Set(places);
  for (const place of all) for (const further of [place.star, place.option]) if (further !== null) all.add(further);
  return [...all].sort((a, b) => a.id - b.id);
}
