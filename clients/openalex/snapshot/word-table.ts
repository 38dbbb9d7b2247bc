/** A word that a text must have: itself, or anything that begins with it. */
export interface Term {
  readonly text: string;
  readonly end: 'exact' | 'prefix';
}

/** What makes a text a candidate: each place must be filled by one of its terms; without a place every text is. Words are folded. */
export type WordPhrase = readonly (readonly Term[])[];

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** One byte more of a word's hash (FNV-1a). */
export const hashByte = (hash: number, value: number): number => Math.imul(hash ^ value, FNV_PRIME);
export const hashStart = FNV_START;

/**
 * Which places of which phrases a word fills, by the hash of its bytes. Two words of one hash are taken for each other: a candidate more, never one
 * less.
 */
export class WordTable {
  readonly #exact = new Map<number, number[]>();
  readonly #prefix = new Map<number, number[]>();
  /** Slots of a small hash set that come before the map: most words are in no phrase. */
  readonly #known = new Uint8Array(1 << 16);
  readonly prefixLengths: readonly boolean[];
  /** Of each place, the phrase it belongs to; of each phrase, how many places it has. */
  readonly phraseOf: readonly number[];
  readonly sizes: readonly number[];
  /** Whether some phrase asks for nothing. */
  readonly takesAll: boolean;

  constructor(phrases: readonly WordPhrase[]) {
    const places = phrases.flatMap((phrase, index) => phrase.map((terms) => ({ terms, index })));
    this.phraseOf = places.map(({ index }) => index);
    this.sizes = phrases.map((phrase) => phrase.length);
    this.takesAll = this.sizes.includes(0);
    const lengths: boolean[] = [];
    places.forEach(({ terms }, place) => {
      for (const { text, end } of terms) {
        const bytes = Buffer.from(text);
        if (end === 'prefix') lengths[bytes.length] = true;
        this.#add(end === 'prefix' ? this.#prefix : this.#exact, bytes.reduce(hashByte, FNV_START), place);
      }
    });
    this.prefixLengths = Array.from(lengths, (known) => known === true);
  }

  exact(hash: number): readonly number[] | undefined {
    return this.#known[hash & 0xffff] === 0 ? undefined : this.#exact.get(hash);
  }

  prefix(hash: number): readonly number[] | undefined {
    return this.#known[hash & 0xffff] === 0 ? undefined : this.#prefix.get(hash);
  }

  #add(map: Map<number, number[]>, hash: number, place: number): void {
    const places = map.get(hash);
    if (places === undefined) map.set(hash, [place]);
    else if (!places.includes(place)) places.push(place);
    this.#known[hash & 0xffff] = 1;
  }
}
