import type { PoolClient } from 'pg';
import fc from 'fast-check';
import type { Columns } from '../../dag/columns';
import { copyRows } from '../../store/copy';
import { transaction, type Database } from '../../store/database';
import { TestPostgres } from '../postgres';

const columns = {
  id: ['bigint', 'an id'],
  title: ['text', 'a title'],
  names: ['text[]', 'names'],
  years: ['smallint[]', 'years'],
  raw: ['jsonb', 'anything'],
  share: ['double precision', 'a share'],
  open: ['boolean', 'yes or no'],
  day: ['date', 'a day'],
} as const satisfies Columns;

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
  const list = Object.entries(columns).map(([name, [type]]) => `${name} ${type}`);
  await database.pool.query(`create table data.copied (shard int, ${list.join(', ')})`);
});
afterAll(() => postgres.close());

const target = { table: 'data.copied', columns, shard: null };
const empty = { id: null, title: null, names: null, years: null, raw: null, share: null, open: null, day: null };
const full = { id: 2 ** 52, title: 'a', names: ['x'], years: [2000, null], raw: { a: [1] }, share: 0.1, open: false, day: '2022-12-31' };

async function copied(rows: Iterable<Record<string, unknown>>): Promise<unknown[]> {
  return transaction(database, async (client: PoolClient) => {
    await client.query('truncate data.copied');
    await copyRows(client, target, rows);
    return (await client.query(`select ${Object.keys(columns).join(', ')} from data.copied order by id nulls last`)).rows;
  });
}

test('every type comes back as it went in, and null as null', async () => {
  expect(await copied([full, empty])).toEqual([full, empty]);
});

test.each([
  ['a tab and line ends', 'a\tb\nc\r\nd'],
  ['backslashes', '\\ \\N \\. \\\\ \\t'],
  ['the end-of-data mark', '\\.'],
  ['quotes, braces and commas', `"a" 'b' {c,d} NULL`],
  ['nothing', ''],
  ['the word NULL', 'NULL'],
  ['scripts and signs outside the basic plane', 'Übergröße 日本語 עברית 🧬 \u2028 \u00a0'],
])('text with %s survives in a text, a list and JSON', async (_name, title) => {
  const row = { ...full, title, names: [title, null, title], raw: { [title]: title } };
  expect(await copied([row])).toEqual([row]);
});

test('any text survives', async () => {
  // Postgres holds no NUL, and a lone surrogate is no text.
  const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
  const rows = fc.array(fc.record({ title: text, names: fc.array(text), raw: fc.dictionary(text, text) }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, async (made) => {
      const written = made.map((row, index) => ({ ...full, ...row, raw: JSON.parse(JSON.stringify(row.raw)) as unknown, id: index }));
      expect(await copied(written)).toEqual(written);
    }),
    { numRuns: 40 },
  );
});

test('JSON null and SQL null of a JSON column are both null to a reader', async () => {
  expect(await copied([{ ...full, raw: null }])).toEqual([{ ...full, raw: null }]);
});

test('many rows go over in many chunks', async () => {
  const rows = Array.from({ length: 5_000 }, (_, id) => ({ ...full, id, title: 'word '.repeat(20) }));
  expect(await copied(rows)).toEqual(rows);
});

test('a shard number leads where there is one', async () => {
  await transaction(database, (client) => copyRows(client, { ...target, shard: 7 }, [full]));
  const { rows } = await database.pool.query('select distinct shard from data.copied where shard is not null');
  expect(rows).toEqual([{ shard: 7 }]);
});

test.each([
  ['a value', { ...full, title: undefined }, 'column title, got undefined'],
  ['a missing column', { id: 1 }, 'column title, got undefined'],
  ['an item of a list', { ...full, names: ['a', undefined] }, 'column names, got undefined'],
])(
  'undefined as %s is refused with the name of the column; nothing is written and the connection serves on',
  async (_name, row, message) => {
    await database.pool.query('truncate data.copied');
    const wrong = transaction(database, (client) => copyRows(client, target, [...Array<typeof full>(3_000).fill(full), row]));
    await expect(wrong).rejects.toThrow(message);
    const { rows } = await database.pool.query('select count(*)::int as n from data.copied');
    expect(rows).toEqual([{ n: 0 }]);
  },
);

test('what Postgres refuses comes out as its error, and nothing is written', async () => {
  const wrong = copied([full, { ...full, id: 'twelve' }]);
  await expect(wrong).rejects.toMatchObject({ code: '22P02', message: expect.stringContaining('twelve') as string });
});
