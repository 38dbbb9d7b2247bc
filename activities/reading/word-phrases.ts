import type { WordPhrase } from '../../clients/openalex/snapshot/word-table';
import { entryOf } from '../../methods/keywords/alternatives';
import type { KeywordRule } from '../../methods/keywords';

/** Words that a text must have if one of the keywords is in it: what a scan of OpenAlex lines asks before it reads a work in full. */
export function wordPhrases(keywords: readonly string[], rule: KeywordRule): WordPhrase[] {
  const wanted = keywords.flatMap((keyword) => entryOf(keyword, { ...rule, fold: 'all' }).any);
  return wanted.map(({ phrase, end }) => phraseOf(phrase.split(' '), end));
}

/** What clinical filters look for: "clinical" with "trial", a word that begins with "random", "placebo" (methods/clinical). */
export const clinicalPhrases: readonly WordPhrase[] = [
  [[{ text: 'clinical', end: 'exact' }], [{ text: 'trial', end: 'exact' }]],
  [[{ text: 'random', end: 'prefix' }]],
  [[{ text: 'placebo', end: 'exact' }]],
];

function phraseOf(words: readonly string[], end: KeywordRule['end']): WordPhrase {
  const last = words.length - 1;
  const places = words.map((text, index) => (index === last ? lastTerms(text, end) : [{ text, end: 'exact' as const }]));
  // Letters may precede the first word, so nothing is known of how its word begins.
  return end === 'substring' ? places.slice(1) : places;
}

function lastTerms(text: string, end: KeywordRule['end']): WordPhrase[number] {
  if (end === 'prefix' || end === 'substring') return [{ text, end: 'prefix' }];
  const exact = { text, end: 'exact' } as const;
  return end === 'exact' ? [exact] : [exact, { text: `${text}s`, end: 'exact' }];
}
