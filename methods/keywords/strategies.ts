import { compileKeywords, compileSearch, type KeywordHit, type KeywordMatcher } from './compile';
import type { ByteMatcher } from './byte-matcher';
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

/**
 * Makes all of them ready to read many records in one pass. Of a record that none of them finds, nothing is told: the widest rule
 * (substring, both spellings, all folded) finds whatever another one finds, so it alone is tried on most.
 */
export function compileStrategies(strategies: KeywordStrategies): {
  read(texts: readonly (string | null)[]): KeywordReading | null;
  /** The same over bytes: a record in which it finds nothing gives null. */
  bytes(): ByteMatcher;
} {
  const { list, comparison, rule } = strategies;
  const own = compileKeywords(list.entries, { ...rule, marks: list.marks });
  const widest = list.marks === 'wos' ? own : compileKeywords(list.entries, { end: 'substring', spelling: 'both', fold: 'all' });
  const other = comparison === null ? null : compileKeywords(comparison.entries, { ...rule, marks: comparison.marks });
  const variants = ruleVariants(strategies).map((variant) => ({
    ...variant,
    matcher: variant.own ? own : compileKeywords(list.entries, variant.rule),
  }));
  const { occurs, bytes } = compileSearch([...widest.alternatives, ...(other?.alternatives ?? [])]);
  const read = (texts: readonly (string | null)[]): KeywordReading | null => {
    if (!occurs(texts)) return null;
    const compared = other?.match(texts) ?? [];
    const rules = finds(widest, texts) ? variants.filter(({ matcher }) => finds(matcher, texts)).map(({ name }) => name) : [];
    return rules.length + compared.length === 0 ? null : { hits: own.find(texts), rules, comparison: compared };
  };
  return { read, bytes };
}

function finds(matcher: KeywordMatcher, texts: readonly (string | null)[]): boolean {
  return matcher.match(texts).length > 0;
}
