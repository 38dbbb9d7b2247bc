import type { KeywordRule } from '../../methods/keywords';

const invisible =
  /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF0-\uFFF8\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/u;

/** Folding by the letter of the rule, one character at a time. */
export function slowFold(text: string): string {
  const folded = [...text.normalize('NFKD')].map((character) => {
    if (/\p{M}/u.test(character) || invisible.test(character)) return '';
    if (!/[\p{L}\p{N}]/u.test(character)) return ' ';
    const lower = character.toLowerCase();
    return lower === 'ß' ? 'ss' : lower === 'ς' ? 'σ' : lower;
  });
  return folded
    .join('')
    .split(' ')
    .filter((word) => word !== '')
    .join(' ');
}

/** What the two plurals of the list, and the bracket, stand for: written out, not computed. */
const writtenOut: Record<string, string[]> = {
  'long short term memory (lstm)': ['long short term memory', 'lstm'],
  'takagi-sugeno fuzzy systems': ['takagi-sugeno fuzzy system'],
  'policy gradient methods': ['policy gradient method'],
};

/** The obvious matcher: one regular expression per keyword over each folded text. For the study's list and spelling "both". */
export function slowMatch(keywords: readonly string[], end: KeywordRule['end'], texts: readonly string[]): string[] {
  const folded = texts.flatMap((text) => text.split('\n')).map(slowFold);
  return keywords.filter((keyword) => {
    const phrases = end === 'exact' && !keyword.includes('(') ? [keyword] : (writtenOut[keyword] ?? [keyword]);
    return phrases.some((phrase) => folded.some((text) => expression(phrase, end).test(text)));
  });
}

const expressions = new Map<string, RegExp>();

/** Made once each, only for speed. */
function expression(phrase: string, end: KeywordRule['end']): RegExp {
  const made = expressions.get(`${end} ${phrase}`) ?? makeExpression(phrase, end);
  expressions.set(`${end} ${phrase}`, made);
  return made;
}

function makeExpression(phrase: string, end: KeywordRule['end']): RegExp {
  const spelt = slowFold(phrase)
    .replace(/i[sz]ation/g, 'i[sz]ation')
    .replace(/i[sz]ing/g, 'i[sz]ing')
    .replace(/modelling/g, 'modell?ing')
    .replace(/neighbour/g, 'neighbou?r');
  const left = end === 'substring' ? '' : '(?<![\\p{L}\\p{N}])';
  const right = { plural: 's?(?![\\p{L}\\p{N}])', exact: '(?![\\p{L}\\p{N}])', prefix: '', substring: '' }[end];
  return new RegExp(left + spelt + right, 'u');
}
