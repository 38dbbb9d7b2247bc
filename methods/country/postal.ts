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
/** Letters before the digits of a postcode on the continent ("D-69120 Heidelberg", "SE-751 85 Uppsala"), and how many digits follow. */
const continental: Readonly<Record<string, readonly [iso2: string, digits: RegExp]>> = {
  A: ['AT', /^\d{4}$/u], B: ['BE', /^\d{4}$/u], CH: ['CH', /^\d{4}$/u], CZ: ['CZ', /^\d{3,5}$/u], D: ['DE', /^\d{5}$/u],
  DK: ['DK', /^\d{4}$/u], E: ['ES', /^\d{5}$/u], F: ['FR', /^\d{5}$/u], FI: ['FI', /^\d{5}$/u], FIN: ['FI', /^\d{5}$/u],
  H: ['HU', /^\d{4}$/u], I: ['IT', /^\d{5}$/u], L: ['LU', /^\d{4}$/u], N: ['NO', /^\d{4}$/u], NL: ['NL', /^\d{4}$/u], NO: ['NO', /^\d{4}$/u],
  S: ['SE', /^(?:\d{5}|\d{3})$/u], SE: ['SE', /^(?:\d{5}|\d{3})$/u],
}; // prettier-ignore

/** A postcode that starts at a word and names its country: British ("EH9 3JR"), Canadian ("N2L 3G1") or with letters before it. */
export function postcodeAt(words: readonly Word[], at: number): { meanings: Meaning[]; length: number } | null {
  const { raw } = words[at]!;
  if (!/^[A-Z]{1,3}$/u.test(raw)) return null;
  const prefixed = prefixedAt(words, at);
  if (prefixed !== null) return { meanings: [postcode(prefixed)], length: 2 };
  if (raw.length === 3) return null;
  for (const length of [6, 5, 4].filter((size) => at + size <= words.length)) {
    const code = words
      .slice(at, at + length)
      .map((word) => word.raw)
      .join('');
    const iso2 = canadian.test(code) ? 'CA' : british.test(code) ? 'GB' : null;
    if (iso2 !== null) return { meanings: [postcode(iso2)], length };
  }
  return null;
}

function postcode(iso2: string): Meaning {
  return { iso2, cue: 'postcode', capitalsOnly: true, only: null };
}

/** Only at the head of a comma part and before the name of a town: "Building A 1234" is none. */
function prefixedAt(words: readonly Word[], at: number): string | null {
  const [letters, digits, town] = [words[at]!, words[at + 1], words[at + 2]];
  const [iso2, pattern] = continental[letters.raw] ?? [];
  if (iso2 === undefined || words[at - 1]?.part === letters.part) return null;
  const [follows, names] = [digits?.part === letters.part && pattern!.test(digits.raw), town?.part === letters.part];
  return follows && names ? iso2 : null;
}
