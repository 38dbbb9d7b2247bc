import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { countryTables, readCountry } from './tables';

interface Trap {
  trap: string;
  affiliation: string;
  /** Empty: the text does not say it, and no answer is the right one. */
  country: string;
}

/** traps.csv was written by hand, expectations first, from the list of traps in docs/methods/country.md. */
const traps: Trap[] = parse(readFileSync(path.join(__dirname, 'traps.csv')), { columns: true });
const kinds = [...new Set(traps.map(({ trap }) => trap))];

test('the set is large and has every trap more than a few times', () => {
  expect(traps.length).toBeGreaterThan(400);
  for (const kind of kinds) expect(traps.filter(({ trap }) => trap === kind).length).toBeGreaterThanOrEqual(8);
});

test.each(kinds)('%s', (kind) => {
  const missed = traps
    .filter(({ trap }) => trap === kind)
    .map(({ affiliation, country }) => ({ affiliation, country, read: readCountry(affiliation).country ?? '' }))
    .filter(({ country, read }) => country !== read);
  expect(missed).toEqual([]);
});

const towns = countryTables.cities.filter(({ name }) => countryTables.cities.filter((city) => city.name === name).length === 1);
const states = countryTables.subdivisions.filter(({ iso2, code }) => iso2 === 'US' && code !== '');

test('the letters of a US state with five digits are that state whatever they mean elsewhere', () => {
  const missed = states.filter(({ code }) => readCountry(`Family Clinic, Smalltown, ${code} 12345`).country !== 'US');
  expect(missed).toEqual([]);
});

test('a country named last decides, whichever city stands before it', () => {
  const missed = towns.filter(({ name }) => readCountry(`Department of Surgery, ${name}, Uruguay`).country !== 'UY');
  expect(missed).toEqual([]);
});

test.each([
  ['capitals', (text: string) => text.toUpperCase()],
  ['no accents', (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '')],
  ['a full stop', (text: string) => `${text}.`],
  ['a number before', (text: string) => `2${text}`],
  ['an e-mail address', (text: string) => `${text}. Electronic address: a.b@mail.com.`],
  ['an ORCID', (text: string) => `${text}. ORCID: 0000-0002-1825-0097`],
] as const)('an address that ends in a country is read the same with %s', (_, change) => {
  const whole = towns.slice(0, 300).map(({ name, iso2 }) => ({ iso2, text: `Department of Surgery, ${name}, ${nameOf(iso2)}` }));
  const missed = whole.filter(({ text }) => readCountry(change(text)).country !== readCountry(text).country);
  expect(missed).toEqual([]);
});

function nameOf(iso2: string): string {
  return countryTables.names.find((row) => row.iso2 === iso2)!.name;
}
