/**
 * How an entry of a keyword list meets text.
 * `end`: what may follow its last word — `plural` an s, `exact` nothing, `prefix` any letters; `substring` also lets letters precede the first.
 * `spelling`: which of the British and American forms count; `as-printed` only the list's own.
 */
export interface KeywordRule {
  end: 'plural' | 'exact' | 'prefix' | 'substring';
  spelling: 'both' | 'british' | 'american' | 'as-printed';
}
