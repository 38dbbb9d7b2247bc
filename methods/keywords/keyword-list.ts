import { entryOf, type Alternative, type Entry } from './alternatives';
import type { Found, Place } from './phrase-search';
import type { KeywordRule } from './rule';

export interface KeywordHit {
  /** In the list's spelling. */
  readonly keyword: string;
  readonly places: readonly Place[];
}

/** A phrase that stands for an entry of a list. */
export interface Phrase {
  readonly alternative: Alternative;
  readonly entry: number;
  /** Whether finding it rules the entry out. */
  readonly unwanted: boolean;
}

/** A keyword list under a rule: what to look for, and what to make of what was found. */
export class KeywordList {
  readonly #keywords: readonly string[];
  readonly #entries: readonly Entry[];

  /** Throws if an entry has neither letter nor digit. */
  constructor(keywords: readonly string[], rule: KeywordRule) {
    this.#keywords = [...new Set(keywords)];
    this.#entries = this.#keywords.map((keyword) => checkedEntry(keyword, rule));
  }

  /** All that is wanted: a record without any of these has no keyword. */
  get alternatives(): Alternative[] {
    return this.#entries.flatMap(({ any }) => any);
  }

  get phrases(): Phrase[] {
    return this.#entries.flatMap(({ any, none }, entry) => [
      ...any.map((alternative) => ({ alternative, entry, unwanted: false })),
      ...none.map((alternative) => ({ alternative, entry, unwanted: true })),
    ]);
  }

  /** In the order of the list. An entry with an unwanted phrase anywhere in the record does not count. */
  hits(found: readonly Found<Phrase>[]): KeywordHit[] {
    const places = new Map<number, Place[]>();
    for (const { phrase, place } of found) if (!phrase.unwanted) addPlace(places, phrase.entry, place);
    for (const { phrase } of found) if (phrase.unwanted) places.delete(phrase.entry);
    return [...places].sort(([a], [b]) => a - b).map(([entry, where]) => ({ keyword: this.#keywords[entry]!, places: where }));
  }
}

function checkedEntry(keyword: string, rule: KeywordRule): Entry {
  const entry = entryOf(keyword, rule);
  if (entry.any.length > 0) return entry;
  throw new Error(`Expected a keyword with a letter or digit, got ${JSON.stringify(keyword)} (keyword list). Remove it.`);
}

function addPlace(places: Map<number, Place[]>, entry: number, place: Place): void {
  const known = places.get(entry);
  const last = known?.at(-1);
  if (known === undefined) places.set(entry, [place]);
  else if (last?.text !== place.text || last.part !== place.part) known.push(place);
}
