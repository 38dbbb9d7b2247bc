import type { Columns } from '../../dag/columns';
import { defineStep } from '../../dag/define';
import { each } from '../../dag/shards';
import { saveCodes } from '../../store/codes';
import { cutShards } from '../../store/cut';
import type { Database } from '../../store/database';
import { forecasts } from '../../store/forecast';
import { createLedger } from '../../store/ledger';
import { planWorld } from '../../store/plan-world';
import { readResult, sealResult } from '../../store/results';
import { endStep, recordPlan, type RunRow } from '../../store/runs';
import { all } from '../all';
import { TestPostgres } from '../postgres';
import { closedRun, exampleStep, fill, open, planned, type Rows } from './example';

let postgres: TestPostgres;
let database: Database;
let run: RunRow;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => {
  database = await postgres.database();
  run = await closedRun(database);
});
afterAll(() => postgres.close());

const output = { doi: ['text', 'doi'], pmid: ['integer', 'id'], day: ['date', 'a day'] } as const satisfies Columns;
const links = exampleStep({ id: 'source/links', output });
const reader = defineStep<null, null>()({ id: 'sample/reader', doc: 'Reads.', inputs: { links }, output, run: () => Promise.resolve() });

async function sealed(rows: Rows, version = '', step = links): Promise<number> {
  const opened = await open(database, run, step, planned(step, ['a'], version));
  await fill(database, step, opened, () => rows);
  await sealResult(database, step, opened.result);
  return opened.result;
}
const cutBy = async (source: Parameters<typeof cutShards>[2][number], rows: Rows, version = '') =>
  all(cutShards(database, reader, [source], { links: { result: await sealed(rows, version) } }));

test('a step is cut by the rows of an input, in the order of their names, with dates as texts', async () => {
  const rows = [
    { doi: 'b', pmid: 2, day: '2022-12-31' },
    { doi: 'B', pmid: 3, day: null },
    { doi: 'a', pmid: null, day: null },
  ];
  const tasks = await cutBy({ by: 'row', input: 'links', name: 'doi' }, rows);
  expect(tasks.map(({ name }) => name)).toEqual(['B', 'a', 'b']);
  expect(tasks[2]).toMatchObject({ input: 'links', value: rows[0] });
});

test('a step is cut into batches of a column: sorted, each value once, none for null, any order of rows the same', async () => {
  const rows = Array.from({ length: 60 }, (_, pmid) => ({ doi: `10/${pmid % 30}`, pmid, day: null }));
  const source = { by: 'batch', input: 'links', column: 'doi', with: ['pmid'], max: 7 } as const;
  const tasks = await cutBy(source, [...rows, { doi: null, pmid: 1, day: null }], '1');
  expect(await cutBy(source, [...rows].reverse(), '2')).toEqual(tasks);
  const bounds = tasks.flatMap(({ value }) => Object.values(value as Record<string, string>));
  expect(bounds).toEqual([...bounds].sort());
  expect(tasks.length).toBeGreaterThanOrEqual(5);
  const other = rows.map((row) => (row.pmid === 42 ? { ...row, pmid: 4_200 } : row));
  const moved = (await cutBy(source, other, '3')).filter(({ digest }) => !tasks.some((task) => task.digest === digest));
  expect(moved).toHaveLength(1);
});

test('a step is cut by values, and by several sources one after the other', async () => {
  const result = await sealed([{ doi: 'a', pmid: 1, day: null }]);
  const tasks = await all(
    cutShards(database, reader, [each([2000, 2001]), { by: 'row', input: 'links', name: 'doi' }], { links: { result } }),
  );
  expect(tasks.map(({ name, input }) => [name, input])).toEqual([
    ['2000', null],
    ['2001', null],
    ['a', 'links'],
  ]);
});

test('what was sealed last is the history of a step: what its code was made of, parameters and inputs', async () => {
  await saveCodes(database, [{ digest: 'c0de', parts: { 'activities/source/links.ts': 'aa' } }]);
  await saveCodes(database, [{ digest: 'c0de', parts: { 'activities/source/links.ts': 'aa' } }]);
  await sealed([]);
  const history = await planWorld(database).history([links.id, 'sample/never']);
  const parts = { code: { 'activities/source/links.ts': 'aa' }, params: null, inputs: {}, vintage: null };
  expect(history).toEqual(new Map([[links.id, { parts, failed: null }]]));
});

test('the history of a step knows how many rows its inputs had', async () => {
  const before = await sealed([
    { doi: 'a', pmid: 1, day: null },
    { doi: 'b', pmid: 2, day: null },
  ]);
  const { digest } = await readResult(database, before);
  const plan = planned(reader, []);
  const text = JSON.stringify({ code: 'c', params: null, inputs: { links: digest } });
  const opened = await open(database, run, reader, { ...plan, text });
  await fill(database, reader, opened, () => []);
  await sealResult(database, reader, opened.result);
  expect((await planWorld(database).history([reader.id])).get(reader.id)?.parts?.rows).toEqual({ links: 2 });
});

test('rows that moved between two results are counted, however each is kept; of a large or unknown one nothing is said', async () => {
  const whole = exampleStep({ id: 'atlas/links', sharded: false, output });
  const row = (doi: string, pmid: number) => ({ doi, pmid, day: null });
  const digestOf = async (result: number): Promise<string> => (await readResult(database, result)).digest!;
  const was = await digestOf(await sealed([row('a', 1), row('b', 2), row('b', 2)], 'was'));
  const is = await digestOf(await sealed([row('b', 2), row('c', 3), row('d', 4), row('a', 5)], 'is', whole));
  const moved = await planWorld(database).moved([
    { was, is },
    { was: is, is: was },
    { was, is: 'unknown' },
  ]);
  expect(moved).toEqual(
    new Map([
      [`${was} ${is}`, { added: 3, removed: 2 }],
      [`${is} ${was}`, { added: 2, removed: 3 }],
    ]),
  );
  const large = await digestOf(await sealed([row('e', 6)], 'large'));
  await database.pool.query('update store.result set rows = 1000000 where digest = $1', [large]);
  expect(await planWorld(database).moved([{ was, is: large }])).toEqual(new Map());
});

test('a failure after the last seal is told, one before it is forgotten', async () => {
  const failed = async (): Promise<unknown> => (await planWorld(database).history([links.id])).get(links.id)?.failed;
  await recordPlan(database, run.id, [{ step: links.id, action: 'waiting', key: null, cues: [], result: null, shardsHit: 0 }]);
  await sealed([]);
  expect(await failed()).toBeNull();
  await recordPlan(database, run.id, [{ step: 'sample/first', action: 'waiting', key: null, cues: [], result: null, shardsHit: 0 }]);
  await endStep(database, run.id, 'sample/first', { action: 'failed', message: 'No key.' });
  expect((await planWorld(database).history(['sample/first'])).get('sample/first')).toEqual({ parts: null, failed: 'No key.' });
  await endStep(database, run.id, links.id, { action: 'failed', message: 'Expected one, got two.' });
  expect(await failed()).toBe('Expected one, got two.');
  await sealed([], 'later');
  expect(await failed()).toBeNull();
});

test('done shards are found by key; the one piece of a whole table is not, for it is its result’s own', async () => {
  const whole = exampleStep({ id: 'atlas/growth', sharded: false, output });
  await sealed([]);
  await sealed([], '', whole);
  const [shard, all] = [planned(links, ['a']), planned(whole, [])].map(({ missing }) => missing[0]!) as [string, string];
  expect(await planWorld(database).doneShards([shard, all, 'unknown'])).toEqual(new Set([shard]));
});

test('a forecast is what a step cost last: requests sent, not those answered from the cache', async () => {
  await sealed([]);
  const ledger = createLedger(database, { run: run.id, step: links.id, shard: 1 });
  for (const cached of [false, false, true]) {
    const id = await ledger.intent({ service: 'openalex', canonical: 'GET /works', requestDigest: 'rr', cached, price: 0 });
    await ledger.complete(id, { status: 200, credits: 2, usd: 0.5, bytes: 2 ** 33, rows: 1, error: null });
  }
  const cost = { requests: 2, credits: 4, usd: 1, bytes: 2 ** 34, seconds: 0.5, shards: 1 };
  expect((await forecasts(database)).get(links.id)).toEqual(cost);
});
