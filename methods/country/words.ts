/** One word of an affiliation: a run of letters or a run of digits. */
export interface Word {
  /** Folded: no case, no diacritics. */
  text: string;
  /** As written. */
  raw: string;
  /** Which comma part it stands in, counted from 0. */
  part: number;
}

const apostrophes = /['’‘`´ʻʼ\u00AD\u200B-\u200D]/gu;
const dottedLetters = /(?<![\p{L}\p{N}])\p{L}\.(?:\s?\p{L}(?:\.|(?![\p{L}\p{N}])))+/gu;
const runs = /[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}]+/gu;
const wordStart = /^[\p{L}\p{M}\p{N}]/u;
/** What stands behind an address without a comma: dates of the manuscript and ways to reach the author. */
const afterAddress = new Set(['submitted', 'received', 'accepted', 'tel', 'telephone', 'phone', 'fax', 'email', 'correspondence']);
const partBreak = /[,;()[\]{}|/:\n\t]|\.(?:\s|$)|\s[-–—]+\s/u;

/** Letters that have no Unicode decomposition, and how affiliations write them without their strokes. */
const strokes: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ı: 'i', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' };

/** Case, diacritics and strokes off, so that "Łódź" and "LODZ" are one word. */
export function fold(text: string): string {
  const bare = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return bare.replace(/[øłıđðæœßþ]/gu, (letter) => strokes[letter] ?? letter);
}

/** "U.S.A." and "P. R. China" to "USA" and "PR China"; apostrophes and invisible characters out. */
export function joinAbbreviations(text: string): string {
  return text
    .replace(apostrophes, '')
    .replace(dottedLetters, (letters) => letters.replace(/[.\s]/gu, '') + (letters.endsWith('.') ? '. ' : ' '));
}

/** The words of an affiliation, with the comma part each one stands in. Letters and digits glued together ("Japan2") come apart. */
export function splitWords(affiliation: string): Word[] {
  const words: Word[] = [];
  let part = 0;
  for (const [run] of joinAbbreviations(affiliation).matchAll(runs)) {
    if (!wordStart.test(run)) part += partBreak.test(run) ? 1 : 0;
    else {
      const text = fold(run);
      if (afterAddress.has(text)) part += 1;
      words.push({ text, raw: run, part });
    }
  }
  return words;
}
