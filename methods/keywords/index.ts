export type { ByteMatcher } from './byte-matcher';
export { compileKeywords, type KeywordMatcher } from './compile';
export { fold } from './fold';
export type { KeywordRule } from './rule';
