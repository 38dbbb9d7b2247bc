import type { Gazetteer, Meaning } from './gazetteer';
import type { Word } from './words';

/** Digits after the letters of a state say whose letters they are: US ZIP codes have five, Australian postcodes four. */
const digitsOf: Readonly<Record<string, RegExp>> = { US: /^\d{5}$/u, AU: /^\d{4}$/u };

/**
 * What the letters of a state or province may mean at a word. Letters that are also a country's code (CA, DE, MA…) stand for the
 * state only with its postal digits; alone they are given both meanings, so that the rest of the address must decide.
 */
export function postalMeanings({ codes, countries }: Gazetteer, words: readonly Word[], at: number): Meaning[] {
  const { raw, part } = words[at]!;
  const known = codes.get(raw);
  if (known === undefined) return [];
  const digits = words[at + 1]?.raw ?? '';
  const country: Meaning[] = countries.has(raw) ? [{ iso2: raw, cue: 'name', capitalsOnly: true, only: null }] : [];
  const byDigits = known.filter(({ iso2 }) => digitsOf[iso2 ?? '']?.test(digits) && (iso2 === 'US' || country.length === 0));
  if (byDigits.length > 0) return byDigits;
  return standsAlone(words, at, part) ? [...known, ...country] : [];
}

/**
 * "Jordan, MN", "Mexico, MO", "Alexandria, VA": a place is not followed by the code of another country, so the letters are those of
 * a state. `before`: what the name right before may mean.
 */
export function afterPlace(letters: readonly Meaning[], before: readonly Meaning[]): readonly Meaning[] {
  const state = letters.find(({ cue }) => cue === 'us-state');
  const isPlace = before.length > 0 && before.every(({ iso2, cue }) => iso2 !== null && (cue === 'name' || cue === 'city'));
  const isShared = before.some((place) => letters.some(({ iso2 }) => iso2 === place.iso2));
  return state !== undefined && isPlace && !isShared ? [state] : letters;
}

function standsAlone(words: readonly Word[], at: number, part: number): boolean {
  const next = words[at + 1];
  return words[at - 1]?.part !== part && (next === undefined || next.part !== part || /^\d/u.test(next.raw));
}

const british = /^[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}$/u;
const canadian = /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/u;

/** A British or Canadian postcode that starts at a word ("EH9 3JR", "N2L 3G1"): no other country writes such. */
export function postcodeAt(words: readonly Word[], at: number): { meanings: Meaning[]; length: number } | null {
  if (!/^[A-Z]{1,2}$/u.test(words[at]!.raw)) return null;
  for (const length of [6, 5, 4].filter((size) => at + size <= words.length)) {
    const code = words
      .slice(at, at + length)
      .map(({ raw }) => raw)
      .join('');
    const iso2 = canadian.test(code) ? 'CA' : british.test(code) ? 'GB' : null;
    if (iso2 !== null) return { meanings: [{ iso2, cue: 'province', capitalsOnly: true, only: null }], length };
  }
  return null;
}
