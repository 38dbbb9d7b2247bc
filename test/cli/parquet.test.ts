import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { rowsAsParquet } from '../../cli/parquet';
import type { Columns } from '../../dag/columns';

const columns: Columns = {
  pmid: ['integer', 'PubMed identifier'],
  year: ['smallint', 'publication year'],
  citations: ['bigint', 'links'],
  share: ['double precision', 'part of all'],
  clinical: ['boolean', 'by the rule'],
  title: ['text', 'title'],
  day: ['date', 'entry date'],
  authors: ['jsonb', 'byline'],
  keywords: ['text[]', 'that match'],
  places: ['integer[]', 'where'],
};

const full = {
  pmid: 36987902,
  year: 2023,
  citations: 2 ** 40,
  share: 0.1,
  clinical: false,
  title: 'Größe, 細胞 "quoted",\nline',
  day: '2023-03-29',
  authors: [{ personal: true, affiliations: ['Tbilisi'] }],
  keywords: ['neural network', null, ''],
  places: [],
};
const empty = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));

async function written(rows: readonly object[], synthetic = false): Promise<ArrayBuffer> {
  const parts: Buffer[] = [];
  const source = (async function* () {
    yield* rows as Record<string, unknown>[];
  })();
  for await (const part of rowsAsParquet(source, columns, { synthetic })) parts.push(part);
  const all = Buffer.concat(parts);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length) as ArrayBuffer;
}

test('a row comes back as it was, of every type, and one of nulls', async () => {
  const file = await written([full, empty]);
  expect(await parquetReadObjects({ file })).toEqual([
    { ...full, citations: 2n ** 40n, day: new Date('2023-03-29T00:00:00Z') },
    // The reader of the tests says undefined for a list that is null.
    { ...empty, keywords: undefined, places: undefined },
  ]);
});

test('columns keep their comments, and invented data says so in each row', async () => {
  const file = await written([full], true);
  const metadata = parquetMetadata(file);
  expect(metadata.key_value_metadata).toContainEqual({ key: 'year', value: 'publication year' });
  expect(parquetSchema(metadata).children.map(({ element }) => element.name)).toEqual([...Object.keys(columns), 'synthetic']);
  expect(await parquetReadObjects({ file })).toMatchObject([{ pmid: 36987902, synthetic: true }]);
});

test('a table without rows has its columns', async () => {
  const metadata = parquetMetadata(await written([]));
  expect(Number(metadata.num_rows)).toBe(0);
  expect(parquetSchema(metadata).children).toHaveLength(Object.keys(columns).length);
});

test('more rows than a group holds come back whole and in order', async () => {
  const rows = Array.from({ length: 120_001 }, (_, pmid) => ({ ...empty, pmid, keywords: [String(pmid)] }));
  const file = await written(rows);
  expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([50_000, 50_000, 20_001]);
  const back = await parquetReadObjects({ file, columns: ['pmid', 'keywords'] });
  expect(back).toEqual(rows.map(({ pmid, keywords }) => ({ pmid, keywords })));
});
