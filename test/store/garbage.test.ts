import fc from 'fast-check';
import { collect } from '../../store/garbage/collect';
import { collectedSteps } from '../../store/garbage/kept-rows';
import { whileNothingIsCollected } from '../../store/garbage/lock';
import { keptRuns, unneeded, type Keep } from '../../store/garbage/needed';
import { query, type Database } from '../../store/database';
import { sql } from '../../dag/sql';
import { planWorld } from '../../store/plan-world';
import { finishRun, pinRun, recordPlan, startRun, type RunStatus } from '../../store/runs';
import { sealResult } from '../../store/results';
import { publishViews, schemaPrefix } from '../../store/views';
import type { AnyStep } from '../../dag/step';
import { TestPostgres } from '../postgres';
import { aRun, exampleStep, fill, open, planned } from './example';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => (database = await postgres.database()));
afterAll(() => postgres.close());

const sharded = exampleStep({ id: 'sample/matches' });
const whole = exampleStep({ id: 'atlas/growth', sharded: false });
const KEEP: Keep = { runs: 1, days: 0, giveUp: [] };

/** What a run's results are made of: names of shards, and a version that stands for code or parameters. */
interface Made {
  readonly names: readonly string[];
  readonly version: string;
  readonly status: RunStatus;
}

/** A run of both steps, taking what is there already, as a rebuild does. */
async function rebuilt({ names, version, status }: Made): Promise<number> {
  const run = (await startRun(database, aRun()))!;
  const published = [];
  for (const step of [sharded, whole]) published.push({ step, result: await current(run, step, names, version) });
  if (status === 'done') await publishViews(database, run.id, await schemaPrefix(database, run.study), published);
  await finishRun(database, run.id, status, null);
  return run.id;
}

async function current(
  run: NonNullable<Awaited<ReturnType<typeof startRun>>>,
  step: AnyStep,
  names: readonly string[],
  version: string,
): Promise<number> {
  const plan = planned(step, names, version);
  const found = (await planWorld(database).results([plan.key])).get(plan.key);
  const result = found?.result ?? (await make());
  const update = { step: step.id, action: 'hit' as const, key: plan.key, cues: [], result, shardsHit: 0 };
  await recordPlan(database, run.id, [update]);
  return result;

  async function make(): Promise<number> {
    const opened = await open(database, run, step, plan);
    await fill(database, step, opened, (name) => [{ pmid: name.length, title: `${name} ${version}` }]);
    await sealResult(database, step, opened.result);
    return opened.result;
  }
}

const done = (version: string, names: readonly string[] = ['a', 'b']): Made => ({ names, version, status: 'done' });
const rowsOf = async (run: number, step: AnyStep): Promise<unknown[]> =>
  (await database.pool.query(`select * from run_${run}.${step.id.replace('/', '_')} order by 1, 2`)).rows;
const count = async (text: string): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${text}`)).rows[0]!.n;
const freedBy = async (keep: Keep): Promise<string[]> => {
  const steps: string[] = [];
  await collect(database, keep, ({ step }) => steps.push(step));
  return steps;
};

test('rows of runs that are not kept go, those of kept runs stay, shared shards too', async () => {
  const old = await rebuilt(done('1', ['a', 'b']));
  const latest = await rebuilt(done('1', ['b', 'c']));
  const before = [await rowsOf(latest, sharded), await rowsOf(latest, whole)];
  const relations = await query<{ relation: string }>(
    database,
    sql`select relation from store.result where step = ${whole.id} order by id`,
  );
  expect(await freedBy(KEEP)).toEqual(['atlas/growth', 'sample/matches']);
  expect([await rowsOf(latest, sharded), await rowsOf(latest, whole)]).toEqual(before);
  expect(await count(`store.shard where step = 'sample/matches'`)).toBe(2);
  expect(
    (
      await database.pool.query(
        'select to_regclass($1) as old, to_regclass($2) is null as newer',
        relations.map(({ relation }) => relation),
      )
    ).rows,
  ).toEqual([{ old: null, newer: false }]);
  expect(await collectedSteps(database, old)).toEqual(['atlas/growth', 'sample/matches']);
  expect(await collectedSteps(database, latest)).toEqual([]);
  expect(await count(`pg_namespace where nspname = 'run_${old}'`)).toBe(0);
  expect(await freedBy(KEEP)).toEqual([]);
});

test('a step whose rows went is run again, its key and digest are still known', async () => {
  await rebuilt(done('1'));
  await rebuilt(done('2'));
  const [was] = await query<{ digest: string }>(
    database,
    sql`select digest from store.result where step = ${whole.id} order by id limit 1`,
  );
  await freedBy(KEEP);
  const plan = planned(whole, ['a', 'b'], '1');
  expect(await planWorld(database).results([plan.key])).toEqual(new Map());
  const again = await rebuilt(done('1'));
  const [is] = await query<{ digest: string }>(
    database,
    sql`select digest from store.result join store.run_step on run_step.result = result.id where run_step.run = ${again} and run_step.step = ${whole.id}`,
  );
  expect(is).toEqual(was);
});

test('pinned runs, live runs, the last failed run and recent shards are kept', async () => {
  const pinned = await rebuilt(done('pinned', ['p']));
  const failed = await rebuilt({ names: ['f'], version: 'failed', status: 'failed' });
  const latest = await rebuilt(done('latest', ['l']));
  await pinRun(database, pinned, true);
  const live = (await startRun(database, aRun()))!;
  expect(await keptRuns(database, { ...KEEP, giveUp: [pinned, failed, latest] })).toMatchObject([
    { id: pinned, because: 'pinned' },
    { id: live.id, because: 'live' },
  ]);
  const kept = await keptRuns(database, KEEP);
  expect(kept.map(({ id, because }) => [id, because])).toEqual([
    [pinned, 'pinned'],
    [failed, 'last-failed'],
    [latest, 'newest'],
    [live.id, 'live'],
  ]);
  expect(await freedBy(KEEP)).toEqual([]);
  await pinRun(database, pinned, false);
  const recent = await unneeded(database, await keptRuns(database, KEEP), 7);
  expect(recent.map(({ step, shards }) => [step, shards.length])).toEqual([
    ['atlas/growth', 1],
    ['sample/matches', 0],
  ]);
});

test('a plan that holds results keeps a collection waiting, and is seen by it', async () => {
  await rebuilt(done('1'));
  await rebuilt(done('2'));
  let collecting: Promise<string[]> = Promise.resolve(['not yet']);
  await whileNothingIsCollected(database, async () => {
    collecting = freedBy(KEEP);
    while ((await count(`pg_locks where locktype = 'advisory' and not granted`)) === 0);
    const run = (await startRun(database, aRun()))!;
    for (const step of [sharded, whole]) await current(run, step, ['a', 'b'], '1');
  });
  expect(await collecting).toEqual([]);
});

test('what is dropped with a foreign study leaves this one alone', async () => {
  await rebuilt(done('1'));
  const other = (await startRun(database, aRun({ study: 'other', workflowId: 'rebuild:other' })))!;
  await finishRun(database, other.id, 'done', null);
  expect(await freedBy(KEEP)).toEqual([]);
});

const aMade = fc.record({
  names: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
  version: fc.constantFrom('1', '2'),
  status: fc.constantFrom<RunStatus>('done', 'done', 'failed', 'cancelled'),
});

test('whatever the history: kept runs read the same, nothing unneeded is left, a second collection frees nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aMade, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3 }), async (history, runs) => {
      await postgres.leave(database);
      database = await postgres.database();
      const ids: number[] = [];
      for (const made of history) ids.push(await rebuilt(made));
      const keep = { ...KEEP, runs };
      const good = (await keptRuns(database, keep)).filter(({ status }) => status === 'done').map(({ id }) => id);
      const read = async (): Promise<unknown[]> => Promise.all(good.flatMap((id) => [sharded, whole].map((step) => rowsOf(id, step))));
      const before = await read();
      await freedBy(keep);
      expect(await read()).toEqual(before);
      expect(good).toEqual(ids.filter((_, index) => history[index]!.status === 'done').slice(-runs));
      expect(await unneeded(database, await keptRuns(database, keep), 0)).toEqual([]);
      const needed = `store.result_shard join store.result on result.id = result where state <> 'collected'`;
      expect(await count('store.shard')).toBe(await count(`(select distinct shard from ${needed}) as x`));
      expect(await count(`pg_tables where schemaname = 'data' and tablename like 'atlas%'`)).toBe(
        await count(`store.result where step = 'atlas/growth' and state <> 'collected'`),
      );
    }),
    { numRuns: process.env['ATLAS_LONG_TESTS'] === '1' ? 100 : 12 },
  );
}, 600_000);
