import { folded } from '../eutils/folding';

/** The broad therapy filter on a text: `clinical` and `trial` as words, or a word that begins with random. */
export function isBroadClinical(text: string): boolean {
  const words = folded(text);
  return (words.includes(' clinical ') && words.includes(' trial ')) || words.includes(' random');
}

/** The same with random forests and random fields taken out, since in this field they are methods and not allocation. */
export function isBroadClinicalWithoutForests(text: string): boolean {
  return isBroadClinical(folded(text).replace(/ random (?=forests? |fields? )/g, ' '));
}
