/**
 * How an entry of a keyword list meets text.
 * `end`: what may follow its last word — `plural` an s, `exact` nothing, `prefix` any letters; `substring` also lets letters precede the first.
 * `spelling`: which of the British and American forms count; `as-printed` only the list's own.
 * `fold`: what makes two texts alike — `all` case, accents, dashes and spaces (default); `case` case alone, as a plain script would.
 * `marks`: the notation of the entries — `wos` has wildcards and NOT as in Web of Science; such entries say their own ends and spellings.
 */
export interface KeywordRule {
  end: 'plural' | 'exact' | 'prefix' | 'substring';
  spelling: 'both' | 'british' | 'american' | 'as-printed';
  fold?: 'all' | 'case';
  marks?: 'none' | 'wos';
}
