import type { KeywordRule } from './rule';

/** Verbs that double their l in British spelling only ("modelling"); others double it in both ("spelling") or in neither ("feeling"). */
const doubling = /(cancel|channel|counsel|fuel|funnel|label|level|model|panel|parcel|travel|tunnel)l?ing/;

/** The families of words of which the list has some, with what each spelling makes of them. */
const families = [
  { either: /i[sz]ation/, british: 'isation', american: 'ization' },
  { either: /i[sz]ing/, british: 'ising', american: 'izing' },
  { either: doubling, british: '$1ling', american: '$1ing' },
  { either: /neighbou?r/, british: 'neighbour', american: 'neighbor' },
  { either: /colou?r(?=s?$|ed|ing|less|ful)/, british: 'colour', american: 'color' },
];

/** Words spelt alike in both, which the families would spoil where a study asks for one spelling only ("denoizing"). */
const alike = new Set(
  (
    'advertising advising appraising apprising arising capsizing chastising comprising compromising denoising devising disguising exercising ' +
    'franchising improvisation improvising merchandising noising poising praising prizing promising raising resizing revising rising seizing ' +
    'sizing supervising surprising televising'
  ).split(' '),
);

/** The spellings of one folded word that count under the rule, each once. A word of no family has only its own. */
export function spellings(word: string, spelling: KeywordRule['spelling']): string[] {
  if (spelling === 'as-printed' || alike.has(word)) return [word];
  if (spelling !== 'both') return [respell(word, spelling)];
  return [...new Set([word, respell(word, 'british'), respell(word, 'american')])];
}

function respell(word: string, to: 'british' | 'american'): string {
  return families.reduce((spelt, family) => spelt.replace(family.either, family[to]), word);
}
