import { fold } from './fold';

/** One word of an affiliation: a run of letters or a run of digits, or an ampersand. */
export interface Word {
  /** Folded: no case, no diacritics, usual short forms written out ("Univ" → university). */
  text: string;
  /** As written. */
  raw: string;
  /** Which comma part it stands in, counted from 0. */
  part: number;
}

const apostrophes = /['’‘`´ʻʼ\u00AD\u200B-\u200D]/gu;
/** An apostrophe that a change of encoding has lost ("People?s"). */
const lostApostrophe = /(?<=\p{L})\?(?=s\b)/gu;
const dottedLetters = /(?<![\p{L}\p{N}])\p{L}\.(?:\s?\p{L}(?:\.|(?![\p{L}\p{N}])))+/gu;
/** True of every text that one of the three above would change, and cheap. */
const abbreviated = /['`?´\u00AD\u2018\u2019\u200B-\u200D\u02BB\u02BC]|(?:^|[^A-Za-z])[A-Za-z]\.|[^\0-\x7F]\./;
const partBreak = /[,;()[\]{}|/:\n\t]|\.(?:\s|$)|\s[-–—]+\s/u;
/** What stands behind an address without a comma: dates of the manuscript and ways to reach the author. */
const afterAddress = new Set(['submitted', 'received', 'accepted', 'tel', 'telephone', 'phone', 'fax', 'email', 'correspondence']);

/** "U.S.A." and "P. R. China" to "USA" and "PR China"; apostrophes and invisible characters out. */
export function joinAbbreviations(text: string): string {
  if (!abbreviated.test(text)) return text;
  return text
    .replace(apostrophes, '')
    .replace(lostApostrophe, '')
    .replace(dottedLetters, (letters) => letters.replace(/[.\s]/gu, '') + (letters.endsWith('.') ? '. ' : ' '));
}

/** The words of an affiliation, with the comma part each one stands in. Letters and digits glued together ("Japan2") come apart. */
export function splitWords(affiliation: string): Word[] {
  const text = joinAbbreviations(affiliation);
  const words: Word[] = [];
  let part = 0;
  let from = 0;
  while (from < text.length) {
    const kind = kindAt(text, from);
    let to = from + 1;
    while (to < text.length && kindAt(text, to) === kind) to += 1;
    const run = text.slice(from, to);
    if (kind === GAP) {
      if (breaksPart(run)) part += 1;
      if (run.includes('&')) words.push({ text: 'and', raw: '&', part });
    } else {
      const folded = fold(run);
      if (afterAddress.has(folded)) part += 1;
      words.push({ text: folded, raw: run, part });
    }
    from = to;
  }
  return words;
}

function breaksPart(gap: string): boolean {
  if (gap === ' ' || gap === '-') return false;
  return gap === ', ' || partBreak.test(gap);
}

const [GAP, LETTER, DIGIT] = [0, 1, 2];
const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return /[A-Za-z]/.test(char) ? LETTER : /\d/.test(char) ? DIGIT : GAP;
});
const others = new Map<number, number>();

/** Letters outside the basic plane are written with two surrogates; each counts as a letter, so that the pair stays together. */
function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? ascii[code]! : (others.get(code) ?? learn(code));
}

function learn(code: number): number {
  const char = String.fromCharCode(code);
  const kind = /[\p{L}\p{M}\p{Cs}]/u.test(char) ? LETTER : /\p{N}/u.test(char) ? DIGIT : GAP;
  others.set(code, kind);
  return kind;
}
