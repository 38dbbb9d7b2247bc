import { Automaton } from './keywords/automaton';
import { byteMatcher, type ByteMatcher } from './keywords/byte-matcher';

/**
 * Finds the texts in which a clinical filter may hold: none of them does without "trial", "placebo" or a word that begins with "random".
 * Nine in ten texts of PubMed have none of these, and need no further look.
 */
export function clinicalCues(): ByteMatcher {
  const needles = [' trial ', ' placebo ', ' random'] as const;
  return byteMatcher(new Automaton(needles.map((needle, index) => [needle, index])));
}
