import type { ByteMatcher } from './byte-matcher';
import { KeywordList, type KeywordHit } from './keyword-list';
import { anyInBytes, PhraseSearch } from './phrase-search';
import type { KeywordRule } from './rule';

/** A keyword list made ready to meet many texts. */
export interface KeywordMatcher {
  /**
   * The keywords that occur, in the list's spelling and order. No phrase spans two texts, nor a line break within one; null is no text.
   */
  match(texts: readonly (string | null)[]): string[];
  /** The same keywords with every place where each stands. */
  find(texts: readonly (string | null)[]): KeywordHit[];
  /** The same keywords over bytes of XML: whether any may occur. Misses none; `match` decides. */
  bytes(): ByteMatcher;
}

/**
 * Compiles a keyword list. Source: paper, Methods ("containing any of them in either the title or abstract"); the rules the paper leaves
 * open are parameters, `docs/methods/keywords.md`. Throws if an entry has neither letter nor digit.
 */
export function compileKeywords(keywords: readonly string[], rule: KeywordRule): KeywordMatcher {
  const list = new KeywordList(keywords, rule);
  const search = new PhraseSearch(list.phrases);
  const find = (texts: readonly (string | null)[]): KeywordHit[] => list.hits(search.find(texts));
  return { match: (texts) => find(texts).map(({ keyword }) => keyword), find, bytes: () => anyInBytes(list.alternatives) };
}
