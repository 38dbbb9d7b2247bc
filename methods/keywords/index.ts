export type { ByteMatcher } from './byte-matcher';
export { compileKeywords, type KeywordHit, type KeywordMatcher, type Place } from './compile';
export { fold } from './fold';
export type { KeywordRule } from './rule';
export { compileStrategies, ruleVariants, type KeywordReading, type KeywordStrategies, type WordList } from './strategies';
