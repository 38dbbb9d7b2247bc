/** Letters that have no Unicode decomposition, and how affiliations write them without their strokes. */
const strokes: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ı: 'i', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' };

/** Short forms of bibliographic databases, and the words they stand for. */
const shortForms: ReadonlyMap<string, string> = new Map([
  ['univ', 'university'],
  ['inst', 'institute'],
  ['hosp', 'hospital'],
  ['coll', 'college'],
  ['natl', 'national'],
  ['acad', 'academy'],
  ['technol', 'technology'],
  ['ctr', 'center'],
  ['centre', 'center'],
  ['saint', 'st'],
]);

const KEPT = 50_000;
const seen = new Map<string, string>();

/** Case, diacritics and strokes off, short forms written out: "Łódź" and "LODZ" are one word, "Univ" and "University" too. */
export function fold(word: string): string {
  const known = seen.get(word);
  if (known !== undefined) return known;
  const bare = word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const plain = bare.replace(/[øłıđðæœßþ]/gu, (letter) => strokes[letter] ?? letter);
  const folded = shortForms.get(plain) ?? plain;
  if (seen.size >= KEPT) seen.clear();
  seen.set(word, folded);
  return folded;
}
