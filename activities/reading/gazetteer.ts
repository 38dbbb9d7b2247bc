import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { InputTable } from '../../dag/step';
import { compileCountryReader, type ReadAffiliation } from '../../methods/country/reader';
import type { CountryTables } from '../../methods/country/tables';
import type gazetteer from '../source/gazetteer';

type Columns = (typeof gazetteer)['output'];

const line = z.object({
  iso2: z.string(),
  name: z.string().optional(),
  phrase: z.string().optional(),
  code: z.string().default(''),
  kind: z.string().default(''),
});

export interface GazetteerRow {
  readonly table: string;
  readonly iso2: string;
  readonly name: string;
  readonly code: string;
  readonly kind: string;
}

/** The lines of one of the shipped tables of names. @throws ZodError when a column is missing */
export function gazetteerRows(file: string, text: string): GazetteerRow[] {
  const table = file.replace('.csv', '');
  const rows = z.array(line).parse(parse(text, { columns: true, skip_empty_lines: true }));
  return rows.map(({ iso2, name, phrase, code, kind }) => ({ table, iso2, name: name ?? phrase ?? '', code, kind }));
}

/** The country reader's tables. */
export function countryTables(rows: readonly GazetteerRow[]): CountryTables {
  const of = (table: string): readonly GazetteerRow[] => rows.filter((row) => row.table === table);
  return {
    names: of('country-names'),
    subdivisions: of('subdivisions'),
    cities: of('research-cities'),
    towns: of('cities'),
    institutions: of('institutions'),
    phrases: of('place-phrases').map(({ name, iso2, kind }) => ({ phrase: name, iso2, kind })),
  };
}

let last: { digest: string; reader: Promise<ReadAffiliation> } | null = null;

/**
 * The country reader over the rows of `source/gazetteer`. The last one is kept, since the shards of a step ask for the same in turn
 * and to read and compile 36,000 names takes longer than to read the affiliations of a small shard.
 */
export function countryReaderOf(input: InputTable<Columns>): Promise<ReadAffiliation> {
  if (last?.digest === input.digest) return last.reader;
  const reader = compiled(input);
  last = { digest: input.digest, reader };
  reader.catch(() => (last = null));
  return reader;
}

async function compiled(input: InputTable<Columns>): Promise<ReadAffiliation> {
  const rows: GazetteerRow[] = [];
  for await (const { table, iso2, name, code, kind } of input.rows())
    rows.push({ table: table!, iso2: iso2!, name: name!, code: code!, kind: kind! });
  return compileCountryReader(countryTables(rows));
}
