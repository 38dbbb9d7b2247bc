import type { Article } from './articles';
import { decoyJournals } from './journals';
import type { Random } from './random';
import { words } from './vocabulary';

/** Ways in which a keyword can be near a record without being in its title or abstract as a whole phrase. */
export const decoyReasons = {
  affiliation: 'the keyword stands in an affiliation only',
  mesh: 'the keyword is a MeSH heading only',
  keyword: 'the keyword is an author keyword only',
  journal: 'the keyword stands in the journal title only',
  copyright: 'the keyword stands in the copyright line of the abstract only',
  'other-abstract': 'the keyword stands in OtherAbstract only',
  label: 'the keyword is the label of an abstract part only',
  reference: 'the keyword stands in a cited reference only',
  'across-parts': 'the two words of the keyword stand on both sides of a border between abstract parts',
  'title-abstract': 'the two words of the keyword end the title and begin the abstract',
  glued: 'the keyword is part of a longer word (microrobot)',
  'other-ending': 'the keyword has an ending other than a plural s (robotic, neural networking)',
  apart: 'other words stand between the words of the keyword',
} as const;

export type DecoyReason = keyof typeof decoyReasons;

const reasons = Object.keys(decoyReasons) as DecoyReason[];

/** Makes a plain article a decoy; what is not text (affiliation, MeSH and so on) is printed by the XML writer. */
export function makeDecoy(random: Random, article: Article): void {
  const reason = random.pick(reasons);
  const disease = random.pick(words.disease);
  const { text } = article;
  article.decoy = reason;
  if (reason === 'journal') article.journal = random.pick(decoyJournals);
  if (reason === 'label') text.parts.push({ label: 'MACHINE LEARNING', markup: `Nothing of the kind was done in ${disease}.` });
  if (reason === 'glued') text.parts.push({ label: null, markup: `A microrobot was steered towards the lesion in ${disease}.` });
  if (reason === 'other-ending')
    text.parts.push({ label: null, markup: `Robotic surgery and neural networking were both mentioned by patients with ${disease}.` });
  if (reason === 'apart')
    text.parts.push({
      label: null,
      markup: `Neural tissue and its network were examined, and the machine for learning walking was used in ${disease}.`,
    });
  if (reason === 'across-parts')
    text.parts.push(
      { label: 'BACKGROUND', markup: 'This concerns structures that are neural' },
      { label: 'METHODS', markup: 'Network meetings were held.' },
    );
  if (reason === 'title-abstract') {
    text.title = `On ${disease} and what is deep`;
    text.parts.unshift({ label: null, markup: 'Learning about the disease took time.' });
  }
}
