export type { ByteMatcher } from './byte-matcher';
export { compileKeywords, type KeywordMatcher } from './compile';
export { fold } from './fold';
export type { KeywordHit } from './keyword-list';
export type { Place } from './phrase-search';
export type { KeywordRule } from './rule';
export { compileStrategies, ruleVariants, type KeywordReading, type KeywordStrategies, type WordList } from './strategies';
