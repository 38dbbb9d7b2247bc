import type { Columns } from '../../dag/columns';
import { contentDigest, lanesQuery, parseLanes, sumOfLanes, type Lanes } from '../../store/content';
import { query, type Database } from '../../store/database';
import { TestPostgres } from '../postgres';

const columns = { pmid: ['integer', 'id'], share: ['double precision', 'share'], title: ['text', 'title'] } as const satisfies Columns;
const TEN = "select n as pmid, n / 7.0::float8 as share, 'title ' || n as title from generate_series(1, 10) as n";

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
});
afterAll(() => postgres.close());

async function lanesOf(text: string, at = database) {
  const [row] = await query<{ rows: number; lanes: string[] }>(at, { text: lanesQuery(`(${text}) as t`, columns), values: [] });
  return parseLanes(row!);
}
/** As a result adds up its shards. */
async function added(parts: readonly Lanes[]): Promise<Lanes> {
  const values = parts.map(({ rows, lanes }) => `(${rows}, array[${lanes.join(', ')}]::numeric[])`).join(', ');
  const text = `select sum(rows)::bigint as rows, ${sumOfLanes('lanes')} as lanes from (values ${values}) as part(rows, lanes)`;
  const [row] = await query<{ rows: number; lanes: string[] }>(database, { text, values: [] });
  return parseLanes(row!);
}
const digestOf = async (text: string, of: Columns = columns, at = database): Promise<string> => contentDigest(of, await lanesOf(text, at));

// As the golden keys of test/dag/key.test.ts: digests of rows enter the keys of all that reads them. Never edit it.
const GOLDEN_CONTENT = '0e300362efb69c3494c2f12725bb1e97ff5f3c390e588d39e774c8a0ac4d003b';

test('ten fixed rows keep their digest for good', async () => {
  expect(await digestOf(TEN)).toBe(GOLDEN_CONTENT);
});

test('the order of rows does not matter, nor the database', async () => {
  const other = await postgres.database();
  expect(await digestOf(`${TEN} order by md5(n::text)`)).toBe(await digestOf(TEN));
  expect(await digestOf(TEN, columns, other)).toBe(await digestOf(TEN));
});

test('the shards do not matter: sums of parts are the sum of all, to the last digit', async () => {
  const whole = await lanesOf(`select n as pmid, 0.1 as share, '' as title from generate_series(1, 1000) as n`);
  const parts = await Promise.all(
    [
      [1, 17],
      [18, 500],
      [501, 1000],
    ].map(([from, to]) => lanesOf(`select n as pmid, 0.1 as share, '' as title from generate_series(${from!}, ${to!}) as n`)),
  );
  expect(await added(parts)).toEqual(whole);
  expect(await added([...parts].reverse())).toEqual(whole);
});

test('lanes are sums of 64 bits, so that no digit is lost', async () => {
  const { lanes } = await lanesOf(TEN);
  expect(lanes.some((lane) => lane % 2n === 1n)).toBe(true);
  expect(lanes.every((lane) => lane >= 0n && lane < 2n ** 64n)).toBe(true);
  const opposite = lanes.map((lane) => 2n ** 64n - lane);
  expect(
    await added([
      { rows: 10, lanes },
      { rows: 10, lanes: opposite },
    ]),
  ).toEqual({ rows: 20, lanes: [0n, 0n, 0n, 0n] });
});

test.each([
  ['a value', TEN.replace("'title '", "'Title '")],
  ['a null for an empty text', `select pmid, share, nullif(title, '') as title from (${TEN} union all select 0, 0, '') as t`],
  ['a row less', `${TEN} limit 9`],
  ['a row twice', `${TEN} union all select * from (${TEN} limit 1) as again`],
  ['the last digit of a share', TEN.replace('n / 7.0::float8', 'n / 7.0::float8 + 1e-15')],
])('%s makes another digest', async (_name, text) => {
  expect(await digestOf(text)).not.toBe(await digestOf(TEN));
});

test('an empty text and null differ', async () => {
  const one = (title: string) => `select 1 as pmid, 0.5 as share, ${title}::text as title`;
  expect(await digestOf(one("''"))).not.toBe(await digestOf(one('null')));
});

test('another name, type or order of columns makes another digest of the same rows', async () => {
  const lanes = await lanesOf(TEN);
  const { pmid, share, title } = columns;
  const shapes: Columns[] = [columns, { id: pmid, share, title }, { ...columns, pmid: ['bigint', 'id'] }, { share, pmid, title }];
  expect(new Set(shapes.map((shape) => contentDigest(shape, lanes))).size).toBe(shapes.length);
  expect(contentDigest({ ...columns, pmid: ['integer', 'other words'] }, lanes)).toBe(contentDigest(columns, lanes));
});

test('an empty table has a digest of its own', async () => {
  expect(await lanesOf(`${TEN} limit 0`)).toEqual({ rows: 0, lanes: [0n, 0n, 0n, 0n] });
});

test('the settings of a session do not move it', async () => {
  const before = await digestOf(TEN);
  await database.pool.query(`alter database ${new URL(database.url).pathname.slice(1)} set extra_float_digits = 0`);
  expect(await digestOf(TEN, columns, postgres.open(database.url))).toBe(before);
});
