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
  return slowMatchFolded(keywords, end, slowFoldAll(texts));
}

/** Each line of each text, folded. */
export function slowFoldAll(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n')).map(slowFold);
}

/** The same over texts folded already. */
export function slowMatchFolded(keywords: readonly string[], end: KeywordRule['end'], folded: readonly string[]): string[] {
  // One expression for all says no at once to most texts; only for speed.
  const any = expression(keywords.flatMap((keyword) => phrasesOf(keyword, end)).join('|'), end);
  const candidates = folded.filter((text) => any.test(text));
  if (candidates.length === 0) return [];
  return keywords.filter((keyword) =>
    phrasesOf(keyword, end).some((phrase) => candidates.some((text) => expression(phrase, end).test(text))),
  );
}

function phrasesOf(keyword: string, end: KeywordRule['end']): string[] {
  return end === 'exact' && !keyword.includes('(') ? [keyword] : (writtenOut[keyword] ?? [keyword]);
}

const expressions = new Map<string, RegExp>();

/** Made once each, only for speed. */
function expression(phrase: string, end: KeywordRule['end']): RegExp {
  const made = expressions.get(`${end} ${phrase}`) ?? makeExpression(phrase, end);
  expressions.set(`${end} ${phrase}`, made);
  return made;
}

function makeExpression(phrase: string, end: KeywordRule['end']): RegExp {
  const spelt = phrase
    .split('|')
    .map(slowFold)
    .join('|')
    .replace(/i[sz]ation/g, 'i[sz]ation')
    .replace(/i[sz]ing/g, 'i[sz]ing')
    .replace(/modelling/g, 'modell?ing')
    .replace(/neighbour/g, 'neighbou?r');
  const left = end === 'substring' ? '' : '(?<![\\p{L}\\p{N}])';
  const right = { plural: 's?(?![\\p{L}\\p{N}])', exact: '(?![\\p{L}\\p{N}])', prefix: '', substring: '' }[end];
  return new RegExp(`${left}(?:${spelt})${right}`, 'u');
}
