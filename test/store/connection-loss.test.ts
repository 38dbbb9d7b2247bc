import type { ApplicationFailure } from '@temporalio/common';
import { failureOf } from '../../activities/engine/failure';
import { isConnectionLoss } from '../../store/connection-loss';
import { openDatabase } from '../../store/database';
import { TestPostgres } from '../postgres';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.close());

const errorOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => Promise.reject(new Error('Expected an error, got none.')),
    (error: Error) => error,
  );

async function refusals(): Promise<Record<string, Error>> {
  const { pool } = await postgres.database();
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { max: 1 });
  const held = await pool.connect();
  const pid = (await held.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
  const struck = errorOf(held.query('select pg_sleep(30)'));
  await pool.query('select pg_terminate_backend($1)', [pid]);
  const found = {
    terminated: await struck,
    afterwards: await errorOf(held.query('select 1')),
    refused: await errorOf(away.pool.query('select 1')),
    syntax: await errorOf(pool.query('selekt 1')),
    duplicate: await errorOf(pool.query('create temp table t (id int primary key); insert into t values (1), (1)')),
  };
  held.release(true);
  await away.pool.end();
  return found;
}

test('a database that goes away in mid-work passes; a mistake in a statement does not', async () => {
  const found = await refusals();
  const losses = Object.fromEntries(Object.entries(found).map(([name, error]) => [name, isConnectionLoss(error)]));
  expect(losses).toEqual({ terminated: true, afterwards: true, refused: true, syntax: false, duplicate: false });
});

test('a missing file is no lost connection', () => {
  expect(isConnectionLoss(Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }))).toBe(false);
});

test('work is tried again as long as the database is away, a mistake of our own twice', () => {
  const away = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  const isFinal = (error: Error, attempt: number): unknown => (failureOf(error, attempt) as ApplicationFailure).nonRetryable;
  expect([1, 2, 15].map((attempt) => isFinal(away, attempt))).toEqual([false, false, false]);
  expect([1, 2].map((attempt) => isFinal(new Error('undefined is not a function'), attempt))).toEqual([false, true]);
});
