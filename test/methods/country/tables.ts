import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { compileCountryReader } from '../../../methods/country/reader';

const tables = path.resolve(__dirname, '../../../config/tables');

/** Rows of a shipped table. */
export function rowsOf<Row>(name: string): Row[] {
  return parse(readFileSync(path.join(tables, name)), { columns: true });
}

export const countryTables = {
  names: rowsOf<{ iso2: string; name: string }>('country-names.csv'),
  subdivisions: rowsOf<{ iso2: string; code: string; name: string }>('subdivisions.csv'),
  cities: rowsOf<{ iso2: string; name: string }>('research-cities.csv'),
  towns: rowsOf<{ iso2: string; name: string }>('cities.csv'),
  institutions: rowsOf<{ iso2: string; name: string }>('institutions.csv'),
  phrases: rowsOf<{ phrase: string; iso2: string; kind: string }>('place-phrases.csv'),
};

/** The reader with the tables that ship. */
export const readCountry = compileCountryReader(countryTables);
