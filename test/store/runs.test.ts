import type { Database } from '../../store/database';
import { runSteps } from '../../store/run-view';
import {
  activeRun,
  beginStep,
  endStep,
  finishRun,
  latestGoodRun,
  listRuns,
  readRun,
  recordPlan,
  setFingerprint,
  startRun,
} from '../../store/runs';
import type { RunStepUpdate } from '../../store/runs';
import { TestPostgres } from '../postgres';
import { aRun, closedRun, exampleStep, fill, open, planned } from './example';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => (database = await postgres.database()));
afterAll(() => postgres.close());

const waiting = (step: string): RunStepUpdate => ({ step, action: 'waiting', key: null, cues: [], result: null, shardsHit: 0 });
const actions = async (run: number) => Object.fromEntries((await runSteps(database, run)).map(({ step, action }) => [step, action]));

test('a run comes back as it was recorded', async () => {
  const made = (await startRun(database, aRun({ places: { aa: '/a "b"' }, options: { force: ['sample/topic'], offline: true } })))!;
  expect(made).toMatchObject({
    study: 'paper',
    study_digest: 'dd',
    status: 'running',
    vintage: '2024-07',
    finished: null,
    workflow_id: 'rebuild:paper',
  });
  expect(made).toMatchObject({
    resolved: { title: "a study's own" },
    places: { aa: '/a "b"' },
    options: { force: ['sample/topic'], offline: true },
  });
  expect(await readRun(database, made.id)).toEqual(made);
  expect(await readRun(database, 999)).toBeNull();
});

test('of ten runs of a study that start at once, one does; another study is not kept waiting', async () => {
  const tries = await Promise.all(Array.from({ length: 10 }, () => startRun(database, aRun())));
  const [made, ...more] = tries.filter((run) => run !== null);
  expect(more).toEqual([]);
  expect(await activeRun(database, 'paper')).toEqual(made);
  expect(await startRun(database, aRun({ study: 'other' }))).not.toBeNull();
});

test.each(['done', 'failed', 'cancelled', 'lost'] as const)('a run that is %s frees its study', async (status) => {
  const run = (await startRun(database, aRun()))!;
  await finishRun(database, run.id, status, 'why');
  expect(await readRun(database, run.id)).toMatchObject({ status, message: 'why', finished: expect.any(Date) as Date });
  expect(await activeRun(database, 'paper')).toBeNull();
  expect(await startRun(database, aRun())).not.toBeNull();
});

test('a closed run stays as it was closed, its steps too', async () => {
  const run = (await startRun(database, aRun()))!;
  await recordPlan(database, run.id, [waiting('sample/a')]);
  await finishRun(database, run.id, 'lost', 'its worker is gone');
  const before = [await readRun(database, run.id), await actions(run.id)];
  await finishRun(database, run.id, 'failed', 'too late');
  expect([await readRun(database, run.id), await actions(run.id)]).toEqual(before);
});

test('the first fingerprint stays', async () => {
  const { id } = (await startRun(database, aRun()))!;
  await setFingerprint(database, id, 'first');
  await setFingerprint(database, id, 'second');
  expect(await readRun(database, id)).toMatchObject({ fingerprint: 'first' });
});

test('a new plan is noted for steps that wait, not for those that run, ran or failed', async () => {
  const run = await closedRun(database);
  const ids = ['sample/waits', 'sample/runs', 'sample/ran', 'sample/failed'];
  await recordPlan(database, run.id, ids.map(waiting));
  const opened = await open(database, run, exampleStep(), planned(exampleStep(), ['a']));
  await beginStep(database, run.id, 'sample/runs', opened.result, 0);
  await endStep(database, run.id, 'sample/ran', { action: 'ran', message: null });
  await endStep(database, run.id, 'sample/failed', { action: 'failed', message: 'Expected one, got two.' });
  const cues = [{ cue: 'param', was: 'a "1"', is: null }] as const;
  await recordPlan(
    database,
    run.id,
    ids.map((step) => ({ ...waiting(step), action: 'hit', key: 'k', cues })),
  );
  expect(await actions(run.id)).toEqual({
    'sample/waits': 'hit',
    'sample/runs': 'running',
    'sample/ran': 'ran',
    'sample/failed': 'failed',
  });
  const views = new Map((await runSteps(database, run.id)).map((view) => [view.step, view]));
  expect(views.get('sample/waits')).toMatchObject({ key: 'k', cues });
  expect(views.get('sample/failed')).toMatchObject({ message: 'Expected one, got two.', cues: [] });
});

test('a step in work shows its shards: all, taken over, done now', async () => {
  const step = exampleStep();
  const first = await closedRun(database);
  await fill(database, step, await open(database, first, step, planned(step, ['a'])), () => [{ pmid: 1, title: 'a' }]);
  const second = await closedRun(database);
  await recordPlan(database, second.id, [waiting(step.id)]);
  const opened = await open(database, second, step, planned(step, ['a', 'b', 'c']));
  await beginStep(database, second.id, step.id, opened.result, opened.total - opened.open);
  const shards = async () => (await runSteps(database, second.id))[0]!;
  expect(await shards()).toMatchObject({ shards: { total: 3, hit: 1, ran: 0 }, rows: 1 });
  await fill(database, step, opened, () => [{ pmid: 2, title: 'b' }]);
  expect(await shards()).toMatchObject({ shards: { total: 3, hit: 1, ran: 2 }, rows: 3 });
});

test.each([
  ['failed', 'skipped'],
  ['cancelled', 'skipped'],
] as const)('a run that is %s leaves what waited as %s', async (status, left) => {
  const run = (await startRun(database, aRun()))!;
  await recordPlan(database, run.id, [waiting('sample/a'), { ...waiting('sample/b'), action: 'hit' }]);
  await finishRun(database, run.id, status, null);
  expect(await actions(run.id)).toEqual({ 'sample/a': left, 'sample/b': 'hit' });
});

test('runs are listed newest first, the good one found', async () => {
  const [good, other] = [await closedRun(database), await closedRun(database, { study: 'other' })];
  const bad = (await startRun(database, aRun()))!;
  await finishRun(database, bad.id, 'failed', null);
  expect((await listRuns(database, 'paper')).map(({ id }) => id)).toEqual([bad.id, good.id]);
  expect(await listRuns(database, 'paper', 1)).toHaveLength(1);
  expect(await latestGoodRun(database, 'paper')).toMatchObject({ id: good.id });
  expect(await latestGoodRun(database, 'other')).toMatchObject({ id: other.id });
  expect(await latestGoodRun(database, 'third')).toBeNull();
});
