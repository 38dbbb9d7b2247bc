import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { compileCountryReader } = require('../../dist/methods/country/reader.js');
const { countryTables, gazetteerRows } = require('../../dist/activities/reading/gazetteer.js');

const folder = path.resolve(import.meta.dirname, '../../config/tables');
const files = ['country-names.csv', 'subdivisions.csv', 'research-cities.csv', 'place-phrases.csv', 'cities.csv', 'institutions.csv'];

/** The tables that ship, as steps read them. */
export const shippedTables = countryTables(files.flatMap((file) => gazetteerRows(file, readFileSync(path.join(folder, file), 'utf8'))));

export const countryReader = () => compileCountryReader(shippedTables);
