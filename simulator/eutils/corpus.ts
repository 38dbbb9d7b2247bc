import type { PubmedHolding } from '../holdings';
import { folded } from './folding';
import { searchable, type Searchable } from './reading';

/** All records that can be searched and fetched, newest PMID first, with an index of their words. */
export class Corpus {
  readonly records: Searchable[];
  readonly #xml = new Map<number, string>();
  readonly #words = new Map<string, Set<number>>();
  readonly #phrases = new Map<string, Set<number>>();

  constructor(holdings: PubmedHolding[]) {
    for (const { pmid, xml } of holdings) this.#xml.set(pmid, xml);
    this.records = holdings.map(searchable).sort((a, b) => b.pmid - a.pmid);
    this.records.forEach(({ texts }, ordinal) => {
      for (const word of new Set(texts.join('').split(' '))) this.#word(word).add(ordinal);
    });
  }

  xml(pmid: number): string | undefined {
    return this.#xml.get(pmid);
  }

  /** Ordinals of the records with this phrase as whole words in title or abstract; a plural s at its end may be there or not. */
  withPhrase(phrase: string): Set<number> {
    const known = this.#phrases.get(phrase);
    if (known) return known;
    const words = folded(phrase).trim();
    const forms = [words, `${words}s`, words.replace(/s$/, '')];
    const found = new Set(forms.flatMap((form) => [...this.#exact(form)]));
    this.#phrases.set(phrase, found);
    return found;
  }

  #exact(form: string): Set<number> {
    const sets = form.split(' ').map((word) => this.#words.get(word) ?? new Set<number>());
    const rarest = sets.reduce((a, b) => (b.size < a.size ? b : a), sets[0] ?? new Set());
    const hit = (ordinal: number) => this.records[ordinal]?.texts.some((text) => text.includes(` ${form} `)) ?? false;
    return new Set([...rarest].filter(hit));
  }

  #word(word: string): Set<number> {
    const known = this.#words.get(word) ?? new Set<number>();
    this.#words.set(word, known);
    return known;
  }
}
