import type { ByteMatcher } from './byte-matcher';
import { KeywordList, type KeywordHit, type Phrase } from './keyword-list';
import { anyInBytes, PhraseSearch, type Found } from './phrase-search';
import type { KeywordRule } from './rule';

/** A keyword list in its notation. */
export interface WordList {
  readonly entries: readonly string[];
  readonly marks: 'none' | 'wos';
}

/** A study's list and rule, and the list it is compared with. */
export interface KeywordStrategies {
  readonly list: WordList;
  readonly comparison: WordList | null;
  readonly rule: Required<Pick<KeywordRule, 'end' | 'spelling' | 'fold'>>;
}

/** What one record says to all of them. */
export interface KeywordReading {
  /** The study's list under the study's rule: what decides. */
  readonly hits: readonly KeywordHit[];
  /** Names of the rules under which the study's list finds something, in the order of `ruleVariants`. */
  readonly rules: readonly string[];
  /** Entries of the list that is compared. */
  readonly comparison: readonly string[];
}

interface Variant {
  readonly name: string;
  readonly rule: KeywordRule;
  /** Whether this is what the study asks for. */
  readonly own: boolean;
}

/**
 * The rules a study could have taken instead of its own: each end, spelling and folding in turn with the others kept, and what a plain
 * `keyword in text.lower()` finds. Entries with wildcards say their own ends, so such a list has one rule.
 */
export function ruleVariants({ list, rule }: Pick<KeywordStrategies, 'list' | 'rule'>): Variant[] {
  if (list.marks === 'wos') return [{ name: 'as marked', rule: { ...rule, marks: 'wos' }, own: true }];
  const vary = <K extends keyof typeof rule>(key: K, values: readonly (typeof rule)[K][]): Variant[] =>
    values.map((value) => ({ name: `${key} ${value}`, rule: { ...rule, [key]: value }, own: rule[key] === value }));
  return [
    ...vary('end', ['exact', 'plural', 'prefix', 'substring']),
    ...vary('spelling', ['both', 'british', 'american']),
    ...vary('fold', ['all', 'case']),
    { name: 'plain script', rule: { end: 'substring', spelling: 'as-printed', fold: 'case' }, own: false },
  ];
}

/** A phrase of one of several lists. */
interface OwnedPhrase extends Phrase {
  readonly list: KeywordList;
}

/** Makes all of them ready to read many records in one pass. Of a record that none of them finds, nothing is told. */
export function compileStrategies(strategies: KeywordStrategies): {
  read(texts: readonly (string | null)[]): KeywordReading | null;
  /** The same over bytes: a record in which it finds nothing gives null. */
  bytes(): ByteMatcher;
} {
  const { list, comparison, rule } = strategies;
  const own = new KeywordList(list.entries, { ...rule, marks: list.marks });
  const other = new KeywordList(comparison?.entries ?? [], { ...rule, marks: comparison?.marks });
  const variants = ruleVariants(strategies).map((variant) => ({
    name: variant.name,
    list: variant.own ? own : new KeywordList(list.entries, variant.rule),
  }));
  const lists = [...new Set([own, ...variants.map((variant) => variant.list), other])];
  const search = new PhraseSearch(lists.flatMap((one) => one.phrases.map((phrase): OwnedPhrase => ({ ...phrase, list: one }))));
  return {
    read(texts) {
      const found = search.find(texts);
      if (found.length === 0) return null;
      const hitsOf = hitsByList(found);
      const rules = variants.filter((variant) => hitsOf(variant.list).length > 0).map(({ name }) => name);
      const compared = hitsOf(other).map(({ keyword }) => keyword);
      return rules.length + compared.length === 0 ? null : { hits: hitsOf(own), rules, comparison: compared };
    },
    bytes: () => anyInBytes([...widestOf(strategies).alternatives, ...other.alternatives]),
  };
}

/** Substring, both spellings, all folded: finds whatever another rule finds, with the fewest phrases. */
function widestOf({ list }: KeywordStrategies): KeywordList {
  return new KeywordList(list.entries, { end: 'substring', spelling: 'both', fold: 'all', marks: list.marks });
}

function hitsByList(found: readonly Found<OwnedPhrase>[]): (list: KeywordList) => readonly KeywordHit[] {
  const byList = new Map<KeywordList, Found<OwnedPhrase>[]>();
  for (const one of found) {
    const own = byList.get(one.phrase.list);
    if (own === undefined) byList.set(one.phrase.list, [one]);
    else own.push(one);
  }
  const hits = new Map([...byList].map(([list, own]) => [list, list.hits(own)]));
  return (list) => hits.get(list) ?? [];
}
