import type { Database } from '../../store/database';
import { createLedger } from '../../store/ledger';
import { TestPostgres } from '../postgres';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
beforeEach(async () => {
  database = await postgres.database();
});
afterAll(() => postgres.close());

const asker = (run: number) => ({ run, step: 'source/openalex-links', shard: null });
const page = (price: number) => ({ service: 'openalex', canonical: 'openalex GET /works', requestDigest: 'd', cached: false, price });
const answer = { status: 200, usd: 0, bytes: 1, rows: 1, error: null };
const noon = new Date('2026-11-22T12:00:00Z');
const nextDay = new Date('2026-11-23T00:00:01Z');

async function spent(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ scope: string; credits: number }>('select scope, credits from store.spending');
  return Object.fromEntries(rows.map(({ scope, credits }) => [scope, credits]));
}

const sent = async (): Promise<number> => (await database.pool.query('select from store.request')).rows.length;

test('forty callers of two pools spend a budget of 25 to the last credit and not one more', async () => {
  const pools = [database, postgres.open(database.url)];
  const ledgers = pools.map((pool) => createLedger(pool, asker(1), { budget: { perDay: 25, perRun: null }, now: () => noon }));
  const tries = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => ledgers[index % 2]!.intent(page(1))));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
  expect(await sent()).toBe(25);
  expect(await spent()).toEqual({ 'day 2026-11-22': 25, 'run 1': 25 });
});

test('a spent day says when it ends, and what to do', async () => {
  let now = noon;
  const ledger = createLedger(database, asker(1), { budget: { perDay: 10, perRun: null }, now: () => now });
  await ledger.intent(page(10));
  await expect(ledger.intent(page(1))).rejects.toMatchObject({
    name: 'DayBudgetSpent',
    retryable: true,
    resetsAt: '2026-11-23T00:00:00.000Z',
    message: expect.stringContaining('10 spent and 1 more asked for (budget.perDay of the study). The run goes on by itself') as string,
  });
  now = nextDay;
  await ledger.intent(page(1));
  expect(await spent()).toEqual({ 'day 2026-11-22': 10, 'day 2026-11-23': 1, 'run 1': 11 });
});

test('a spent run is spent for good; another run has its own purse and shares the day', async () => {
  const budget = { perDay: 5, perRun: 3 };
  const [one, two] = [1, 2].map((run) => createLedger(database, asker(run), { budget, now: () => noon }));
  await one!.intent(page(3));
  await expect(one!.intent(page(1))).rejects.toMatchObject({ name: 'RunBudgetSpent', retryable: false });
  await two!.intent(page(2));
  await expect(two!.intent(page(1))).rejects.toMatchObject({ name: 'DayBudgetSpent' });
  expect(await spent()).toEqual({ 'day 2026-11-22': 5, 'run 1': 3, 'run 2': 2 });
});

test('what is free or archived asks no purse, even an empty one', async () => {
  const ledger = createLedger(database, asker(1), { budget: { perDay: 1, perRun: 1 }, now: () => noon });
  await ledger.intent(page(1));
  await ledger.intent(page(0));
  await ledger.intent({ ...page(0), cached: true });
  expect(await spent()).toEqual({ 'day 2026-11-22': 1, 'run 1': 1 });
});

test.each([
  ['as listed', 1, 1],
  ['given back by the service', 0, 0],
  ['dearer than listed', 4, 4],
  ['untold: the price stands', null, 1],
])('an answer that cost %s', async (_name, credits, charged) => {
  const ledger = createLedger(database, asker(1), { budget: { perDay: 3, perRun: null }, now: () => noon });
  await ledger.complete(await ledger.intent(page(1)), { ...answer, credits });
  expect(await spent()).toEqual({ 'day 2026-11-22': charged, 'run 1': charged });
  const { rows } = await database.pool.query('select price, credits from store.request');
  expect(rows).toEqual([{ price: 1, credits }]);
});

test('a budget that is raised holds at once, and a lowered one too', async () => {
  const withBudget = (perDay: number | null) => createLedger(database, asker(1), { budget: { perDay, perRun: null }, now: () => noon });
  await withBudget(2).intent(page(2));
  await expect(withBudget(2).intent(page(1))).rejects.toThrow('2 credits a day');
  await withBudget(4).intent(page(1));
  await expect(withBudget(3).intent(page(1))).rejects.toThrow('3 credits a day');
  await withBudget(null).intent(page(1));
});
