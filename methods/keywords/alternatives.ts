import { fold } from './fold';
import type { KeywordRule } from './rule';
import { spellings } from './spelling';

/** Last words that end in s and are no plural: "k-means", "naïve Bayes", "bias", and the endings of "analysis", "virus", "loss", "dynamics". */
const notPlural = /(?:^(?:means|bayes|news|series|species|lens|gas|bias)|[isu]s|ics)$/;

/**
 * The phrases that stand for one entry, folded: both sides of a bracket at its end ("long short term memory (LSTM)"), in each spelling that
 * counts, and the singular of an entry printed in the plural, unless the rule asks for exact words.
 */
export function alternatives(keyword: string, rule: KeywordRule): string[] {
  const phrases = splitBracket(keyword)
    .map(fold)
    .filter((phrase) => phrase !== '');
  const spelt = phrases.flatMap((phrase) => respelt(phrase.split(' '), rule.spelling));
  return [...new Set(rule.end === 'exact' ? spelt : spelt.map(singular))];
}

function splitBracket(keyword: string): string[] {
  const [, phrase, short] = /^([^()]*[^()\s])\s*\(([^()]+)\)\s*$/.exec(keyword) ?? [];
  return phrase === undefined || short === undefined ? [keyword] : [phrase, short];
}

function respelt(words: string[], spelling: KeywordRule['spelling']): string[] {
  return words.reduce<string[]>(
    (starts, word) => {
      const forms = spellings(word, spelling);
      return starts.flatMap((start) => forms.map((form) => (start === '' ? form : `${start} ${form}`)));
    },
    [''],
  );
}

/** The plural s is added by the pattern, so the singular alone stands for both. */
function singular(phrase: string): string {
  const last = phrase.slice(phrase.lastIndexOf(' ') + 1);
  return last.length > 3 && last.endsWith('s') && !notPlural.test(last) ? phrase.slice(0, -1) : phrase;
}
