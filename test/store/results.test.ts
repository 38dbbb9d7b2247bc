import { everyValueOnce, notEmpty } from '../../activities/checks';
import { sql } from '../../dag/sql';
import type { AnyStep } from '../../dag/step';
import type { Database } from '../../store/database';
import { inputTable } from '../../store/input';
import { planWorld } from '../../store/plan-world';
import { failingRows, readResult, sealResult } from '../../store/results';
import type { RunRow } from '../../store/runs';
import { claimShard, commitPage, insertShard, openShards } from '../../store/shards';
import { TestPostgres } from '../postgres';
import { closedRun, COLUMNS, exampleStep, fill, LEASE, open, pageOf, planned, type Rows } from './example';

let postgres: TestPostgres;
let database: Database;
let run: RunRow;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
beforeEach(async () => {
  database = await postgres.database();
  run = await closedRun(database);
});
afterAll(() => postgres.close());

const sharded = exampleStep();
const whole = exampleStep({ id: 'atlas/growth', sharded: false, index: ['pmid'] });
const twoOf = (name: string): Rows => [1, 2].map((n) => ({ pmid: n, title: `${name} ${n}` }));

async function build(
  step: AnyStep,
  names: readonly string[],
  more: { version?: string; forced?: boolean; rowsOf?: (name: string) => Rows } = {},
) {
  const opened = await open(database, run, step, planned(step, names, more.version), more.forced);
  const worked = await fill(database, step, opened, more.rowsOf ?? twoOf);
  return { ...opened, worked, ...(await sealResult(database, step, opened.result)) };
}

async function titlesOf(step: AnyStep, result: number): Promise<unknown[]> {
  const titles: unknown[] = [];
  for await (const { title } of inputTable<typeof COLUMNS>(database, step, await readResult(database, result)).rows()) titles.push(title);
  return titles.sort();
}

test('opening twice gives the same result, also half way through', async () => {
  const plan = planned(sharded, ['a', 'b', 'c']);
  const first = await open(database, run, sharded, plan);
  expect(first).toMatchObject({ total: 3, open: 3 });
  expect(await open(database, run, sharded, plan)).toEqual(first);
  const [shard] = await openShards(database, first.result, { from: 1, to: 1 });
  const { fence } = (await claimShard(database, shard!.id, 'one', LEASE))!;
  await commitPage(database, pageOf(sharded, shard!, { fence, rows: twoOf('b') }), 'half way');
  expect(await open(database, run, sharded, plan)).toEqual(first);
});

test('two that open at once share one result', async () => {
  const plan = planned(sharded, ['a', 'b']);
  const both = await Promise.all([open(database, run, sharded, plan), open(database, run, sharded, plan)]);
  expect(both[0]).toEqual(both[1]);
});

test('a result found by its key has the rows, the count and the digest of its shards', async () => {
  const { result, digest, rows } = await build(sharded, ['a', 'b']);
  const { key } = planned(sharded, ['a', 'b']);
  expect(await planWorld(database).results([key, 'unknown'])).toEqual(new Map([[key, { result, digest, rows }]]));
  expect(rows).toBe(4);
  expect(await titlesOf(sharded, result)).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
});

test('one shard more is one shard of work: the others are shared and their rows not copied', async () => {
  const first = await build(sharded, ['a', 'b']);
  const second = await build(sharded, ['a', 'b', 'c']);
  expect(second.worked).toEqual(['c']);
  const { relation } = await readResult(database, second.result);
  const { rows } = await database.pool.query(`select count(*)::int as n, count(distinct shard)::int as shards from ${relation}`);
  expect(rows).toEqual([{ n: 6, shards: 3 }]);
  expect(await titlesOf(sharded, first.result)).toHaveLength(4);
  expect(await titlesOf(sharded, second.result)).toHaveLength(6);
});

test('equal rows have equal digests, in one shard or in many, in a table of their own or a shared one', async () => {
  const four: Rows = [1, 2, 3, 4].map((pmid) => ({ pmid, title: 'x' }));
  const one = await build(sharded, ['all of them'], { rowsOf: () => four });
  const many = await build(sharded, ['1', '2', '3', '4'], { rowsOf: (name) => four.filter(({ pmid }) => pmid === Number(name)) });
  const own = await build(whole, [], { rowsOf: () => four });
  expect([many.digest, own.digest]).toEqual([one.digest, one.digest]);
});

test('a result with open shards is not sealed', async () => {
  const { result } = await open(database, run, sharded, planned(sharded, ['a', 'b']));
  await expect(sealResult(database, sharded, result)).rejects.toThrow('Expected all 2 shards of sample/articles to be done, got 2 open.');
  expect(await readResult(database, result)).toMatchObject({ state: 'building', digest: null });
});

test('sealing twice says the same twice', async () => {
  const { result, digest, rows, differsFrom } = await build(sharded, ['a']);
  expect(await sealResult(database, sharded, result)).toEqual({ digest, rows, differsFrom });
});

test('a forced result does all its work again and takes the place of the older one, which stays readable', async () => {
  const first = await build(sharded, ['a']);
  const second = await build(sharded, ['a'], { forced: true, rowsOf: () => [{ pmid: 1, title: 'changed' }] });
  expect(second.worked).toEqual(['a']);
  expect(second.differsFrom).toBe(first.digest);
  const { key } = planned(sharded, ['a']);
  expect((await planWorld(database).results([key])).get(key)).toMatchObject({ result: second.result });
  expect(await titlesOf(sharded, first.result)).toEqual(['a 1', 'a 2']);
  expect(await titlesOf(sharded, second.result)).toEqual(['changed']);
});

test('a forced result with equal rows is reproducible', async () => {
  await build(whole, []);
  expect((await build(whole, [], { forced: true })).differsFrom).toBeNull();
});

test('sealing the older one again does not bring it back', async () => {
  const first = await build(sharded, ['a']);
  const second = await build(sharded, ['a'], { forced: true, rowsOf: () => [] });
  await sealResult(database, sharded, first.result);
  expect(await sealResult(database, sharded, second.result)).toMatchObject({ differsFrom: first.digest });
  const { key } = planned(sharded, ['a']);
  expect((await planWorld(database).results([key])).get(key)).toMatchObject({ result: second.result });
});

test('a table of its own is indexed at seal and written once', async () => {
  const { result } = await build(whole, []);
  const { relation } = await readResult(database, result);
  const { rows } = await database.pool.query<{ indexdef: string }>(
    'select indexdef from pg_indexes where schemaname || $1 || tablename = $2',
    ['.', relation],
  );
  expect(rows.map(({ indexdef }) => indexdef)).toEqual([expect.stringContaining('(pmid)')]);
  expect(await titlesOf(whole, result)).toEqual(['all 1', 'all 2']);
});

test('a statement fills a shard in one go, with its values bound', async () => {
  const opened = await open(database, run, whole, planned(whole, []));
  const [shard] = await openShards(database, opened.result, { from: 0, to: 0 });
  const { fence } = (await claimShard(database, shard!.id, 'one', LEASE))!;
  const statement = { text: 'select n as pmid, $1 as title from generate_series(1, $2::int) as n', values: ["it's", 3] };
  expect(await insertShard(database, pageOf(whole, shard!, { fence }), statement, { started: Date.now(), run: 1 })).toBe(3);
  expect(await titlesOf(whole, opened.result)).toEqual(["it's", "it's", "it's"]);
});

test('a table that is gone is seen by the plan and filled again, whole', async () => {
  const first = await build(sharded, ['a', 'b']);
  await database.pool.query(`drop table ${(await readResult(database, first.result)).relation} cascade`);
  const plan = planned(sharded, ['a', 'c']);
  expect(await planWorld(database).doneShards(plan.missing)).toEqual(new Set());
  const second = await build(sharded, ['a', 'c']);
  expect(second.worked).toEqual(['a', 'c']);
  expect(await titlesOf(sharded, second.result)).toEqual(['a 1', 'a 2', 'c 1', 'c 2']);
  const { key } = planned(sharded, ['a', 'b']);
  expect(await planWorld(database).results([key])).toEqual(new Map());
  expect((await build(sharded, ['a', 'b'])).worked).toEqual(['b']);
});

test('rows are read in pages, with a condition and its values', async () => {
  const many = Array.from({ length: 4_500 }, (_, pmid) => ({ pmid, title: pmid % 2 === 0 ? 'even' : 'odd' }));
  const { result } = await build(sharded, ['a'], { rowsOf: () => many });
  const table = inputTable<typeof COLUMNS>(database, sharded, await readResult(database, result));
  const found: (number | null)[] = [];
  for await (const { pmid } of table.rows(sql`title = ${'odd'} and pmid >= ${100}`)) found.push(pmid);
  expect(found.sort((a, b) => a! - b!)).toEqual(many.filter(({ pmid, title }) => title === 'odd' && pmid >= 100).map(({ pmid }) => pmid));
  for await (const { pmid } of table.rows()) if (pmid !== null) break;
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
});

test('checks tell the rows that break them, at most five, and what to do', async () => {
  const checks = [everyValueOnce('pmid', 'Drop the duplicates.'), notEmpty('Widen the search.')];
  const step = exampleStep({ checks });
  const twice = await build(step, ['a', 'b'], { rowsOf: () => Array.from({ length: 9 }, (_, pmid) => ({ pmid, title: '' })) });
  const broken = await failingRows(database, step, twice.result);
  expect(broken.map(({ check, advice }) => [check, advice])).toEqual([['every pmid once', 'Drop the duplicates.']]);
  expect(broken[0]!.rows).toHaveLength(5);
  expect(broken[0]!.rows[0]).toMatchObject({ times: 2 });
  const none = await build(step, ['c'], { rowsOf: () => [] });
  expect((await failingRows(database, step, none.result)).map(({ check }) => check)).toEqual(['at least one row']);
});

test('other columns are another table, so that old results stay readable', async () => {
  const first = await build(sharded, ['a']);
  const wider = exampleStep({ output: { ...COLUMNS, year: ['smallint', 'year'] } });
  const second = await build(wider, ['a'], { version: '2', rowsOf: () => [{ pmid: 1, title: 't', year: 2000 }] });
  expect(await titlesOf(sharded, first.result)).toEqual(['a 1', 'a 2']);
  expect(await titlesOf(wider, second.result)).toEqual(['t']);
  expect(second.differsFrom).toBeNull();
});

test('a result that is not there is told with what to do', async () => {
  await expect(readResult(database, 999)).rejects.toThrow('Expected result 999, got none. Start the rebuild again.');
});
