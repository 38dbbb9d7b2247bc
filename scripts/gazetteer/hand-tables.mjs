import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

const { splitWords } = createRequire(import.meta.url)('../../dist/methods/country/words.js');

/** A name as the reader compares it. */
export const folded = (name) =>
  splitWords(name)
    .map(({ text }) => text)
    .join(' ');

/** The tables that people write, as the country reader takes them. What they say goes before anything that is generated. */
export function handTables(folder) {
  const rows = (file) => parse(readFileSync(path.join(folder, file)), { columns: true });
  return {
    names: rows('country-names.csv'),
    subdivisions: rows('subdivisions.csv'),
    cities: rows('research-cities.csv'),
    phrases: rows('place-phrases.csv'),
    towns: [],
    institutions: [],
  };
}

/** Every folded name of these tables. */
export function known({ names, subdivisions, cities, phrases }) {
  return new Set(
    [...names, ...subdivisions, ...cities].map(({ name }) => folded(name)).concat(phrases.map(({ phrase }) => folded(phrase))),
  );
}
