import { Automaton } from './keywords/automaton';
import { byteMatcher, type ByteMatcher } from './keywords/byte-matcher';
import { fold } from './keywords/fold';

/**
 * Finds the texts in which a clinical filter may hold: none of them does without "trial", "placebo" or a word that begins with "random".
 * Nine in ten texts of PubMed have none of these, and need no further look. Of a study's own filter, the longest word of each line.
 */
export function clinicalCues(entries: readonly string[] = []): ByteMatcher {
  const needles = [' trial ', ' placebo ', ' random', ...entries.flatMap(cueOf)];
  return byteMatcher(new Automaton(needles.map((needle, index) => [needle, index])));
}

function cueOf(line: string): string[] {
  const words = line.split(/\s+/).map((word) => ` ${fold(word)}${word.endsWith('*') ? '' : ' '}`);
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
  return longest.trim() === '' ? [] : [longest];
}
