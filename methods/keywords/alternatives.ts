import { standsByCase, type Confirmation } from './confirmation';
import { fold } from './fold';
import type { Opening } from './opening';
import type { KeywordRule } from './rule';
import { spellings } from './spelling';
import { wildcardAlternative } from './wildcards';

/** One phrase that stands for an entry, ready to be searched for in folded text. */
export interface Alternative {
  /** Folded; of an entry with wildcards, the longest run of letters that every match contains. */
  readonly phrase: string;
  /** What may stand around the phrase. */
  readonly end: KeywordRule['end'];
  /** Where phrase and end are not enough. */
  readonly confirm: Confirmation | null;
  /** Of a phrase with wildcards. */
  readonly opening: Opening | null;
}

/** An entry: the phrases of which one must stand in the record, and those of which none may. */
export interface Entry {
  readonly any: readonly Alternative[];
  readonly none: readonly Alternative[];
}

/** Last words that end in s and are no plural: "k-means", "naïve Bayes", "bias", and the endings of "analysis", "virus", "loss", "dynamics". */
const notPlural = /(?:^(?:means|bayes|news|series|species|lens|gas|bias)|[isu]s|ics)$/;

/**
 * What an entry of a list stands for. In Web of Science notation its wildcards, and ` NOT ` with a phrase that the record may not have;
 * otherwise both sides of a bracket at its end ("long short term memory (LSTM)"), in each spelling that counts, and the singular of an
 * entry printed in the plural, unless the rule asks for exact words. Without letter or digit there is nothing to find: `any` is empty.
 */
export function entryOf(keyword: string, rule: KeywordRule): Entry {
  if (rule.marks !== 'wos') return { any: alternatives(keyword, rule), none: [] };
  const [wanted = '', ...unwanted] = keyword.split(/\s+NOT\s+/);
  return { any: wildcardAlternative(wanted), none: unwanted.flatMap(wildcardAlternative) };
}

function alternatives(keyword: string, rule: KeywordRule): Alternative[] {
  const byCase = rule.fold === 'case';
  const phrases = splitBracket(keyword)
    .map(byCase ? (text: string) => text.toLowerCase().trim() : fold)
    .filter((phrase) => fold(phrase) !== '');
  const spelt = phrases.flatMap((phrase) => respelt(phrase.split(' '), rule.spelling));
  const shapes = [...new Set(rule.end === 'exact' ? spelt : spelt.map(singular))];
  return shapes.map((phrase) => (byCase ? alikeButForCase(phrase, rule.end) : { phrase, end: rule.end, confirm: null, opening: null }));
}

/** What stands in a text folded by case alone stands, folded, in the text folded in all respects. */
function alikeButForCase(phrase: string, end: KeywordRule['end']): Alternative {
  return { phrase: fold(phrase), end: 'substring', confirm: standsByCase(phrase, end), opening: null };
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
