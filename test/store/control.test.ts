import type { RememberedStep } from '../../dag/moved';
import { saveCodes } from '../../store/codes';
import type { Database } from '../../store/database';
import { recallPlan, rememberPlan } from '../../store/plans';
import { runSteps } from '../../store/run-view';
import {
  activeRun,
  beginStep,
  driveRun,
  finishRun,
  holdStep,
  latestGoodRun,
  markRun,
  readRun,
  recordPlan,
  startRun,
} from '../../store/runs';
import { TestPostgres } from '../postgres';
import { aRun, exampleStep, open, planned } from './example';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => (database = await postgres.database()));
afterAll(() => postgres.close());

const newRun = async (): Promise<number> => (await startRun(database, aRun()))!.id;

test('of many workflow executions one drives a run, and another only in its place', async () => {
  const id = await newRun();
  const ask = (execution: string, instead: string | null = null, workflowId = 'rebuild:paper'): Promise<boolean> =>
    driveRun(database, id, { workflowId, execution, instead });
  expect(await ask('stranger', null, 'other')).toBe(false);
  const won = await Promise.all(['a', 'b', 'c', 'd'].map((execution) => ask(execution)));
  expect(won.filter(Boolean)).toHaveLength(1);
  const { execution } = (await readRun(database, id))!;
  expect(await ask(execution!)).toBe(true);
  expect(await ask('later', 'nobody')).toBe(false);
  expect(await ask('later', execution, 'other')).toBe(true);
  expect(await readRun(database, id)).toMatchObject({ execution: 'later', workflow_id: 'other' });
  await finishRun(database, id, 'done', null);
  expect(await ask('later')).toBe(false);
});

test('a step that is held says why and until when, and only while its run is live and it is at work', async () => {
  const id = await newRun();
  const run = (await readRun(database, id))!;
  const step = exampleStep();
  await recordPlan(database, id, [{ step: step.id, action: 'waiting', key: null, cues: [], result: null, shardsHit: 0 }]);
  await holdStep(database, id, step.id, { until: null, message: 'too early' });
  expect(await runSteps(database, id)).toMatchObject([{ action: 'waiting', message: null }]);
  const { result } = await open(database, run, step, planned(step, ['a']));
  await beginStep(database, id, step.id, result, 0);
  await holdStep(database, id, step.id, { until: null, message: 'put it back' });
  expect(await runSteps(database, id)).toMatchObject([{ action: 'blocked', message: 'put it back', until: null }]);
  await holdStep(database, id, step.id, { until: '2026-11-24T00:00:00.000Z', message: 'spent' });
  expect(await runSteps(database, id)).toMatchObject([{ action: 'running', message: 'spent', until: new Date('2026-11-24T00:00:00Z') }]);
  await holdStep(database, id, step.id, null);
  expect(await runSteps(database, id)).toMatchObject([{ action: 'running', message: null, until: null }]);
  await markRun(database, id, 'blocked', 'why');
  expect(await activeRun(database, 'paper')).toMatchObject({ id, status: 'blocked', message: 'why' });
  await finishRun(database, id, 'cancelled', 'cancelled');
  await markRun(database, id, 'running');
  expect(await readRun(database, id)).toMatchObject({ status: 'cancelled' });
});

test('a run that left steps out is done, and not the one that the views show', async () => {
  const whole = await newRun();
  await finishRun(database, whole, 'done', null);
  const some = await newRun();
  const left = {
    step: 'sample/topic',
    action: 'skipped',
    key: null,
    cues: [],
    result: null,
    shardsHit: 0,
    message: 'not selected',
  } as const;
  await recordPlan(database, some, [left]);
  await finishRun(database, some, 'done', null);
  expect(await readRun(database, some)).toMatchObject({ status: 'done', partial: true });
  expect((await latestGoodRun(database, 'paper'))!.id).toBe(whole);
});

test('a plan comes back by its fingerprint, with the files behind its code; the oldest are forgotten', async () => {
  const parts = { code: { 'a.ts': 'c0de' }, params: { years: [2000] }, inputs: { rows: null }, vintage: 'v' };
  const step: RememberedStep = { step: 'sample/topic', key: null, action: 'wait', missing: 0, forced: false, parts };
  await saveCodes(database, [{ digest: 'd1', parts: { 'a.ts': 'c0de' } }]);
  const codes = new Map([[step.step, { digest: 'd1' }]]);
  const remember = (fingerprint: string): Promise<void> => rememberPlan(database, { study: 'paper', fingerprint, steps: [step], codes });
  for (let nth = 0; nth < 22; nth++) await remember(`f${nth}`);
  expect(await recallPlan(database, 'paper', 'f21')).toEqual([step]);
  expect(await recallPlan(database, 'paper', 'f0')).toBeNull();
  expect(await recallPlan(database, 'other', 'f21')).toBeNull();
});
