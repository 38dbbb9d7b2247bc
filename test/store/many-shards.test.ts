import { taskOfValue } from '../../dag/shards';
import type { PlannedShard } from '../../dag/step-shards';
import { transaction, type Database } from '../../store/database';
import { openGroups, linkShards, SHARDS_PER_PAGE } from '../../store/result-shards';
import { openResult, type Opened } from '../../store/results';
import type { RunRow } from '../../store/runs';
import { keyOf, TestPostgres } from '../postgres';
import { closedRun, exampleStep, fill, open, planned } from './example';

let postgres: TestPostgres;
let database: Database;
let run: RunRow;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => {
  database = await postgres.database();
  run = await closedRun(database);
});
afterAll(() => postgres.close());

const step = exampleStep();
const shardOf = (name: string): PlannedShard => ({ ...taskOfValue(name), key: keyOf(name), keyText: 'text' });
const wanted = () => ({ run: run.id, step, key: keyOf('result'), text: '{}', forced: false });
async function* shards(names: Iterable<string>): AsyncGenerator<PlannedShard> {
  for (const name of names) yield await Promise.resolve(shardOf(name));
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n).padStart(5, '0'));

async function linked({ result }: Opened): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string; ordinal: number }>(
    `select task->>'name' as name, ordinal from store.result_shard join store.shard on id = shard where result = $1 order by ordinal`,
    [result],
  );
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_, index) => index));
  return rows.map(({ name }) => name);
}

test('shards keep the order they come in, over all pages', async () => {
  const names = numbers(2 * SHARDS_PER_PAGE + 1).reverse();
  const opened = await openResult(database, wanted(), shards(names));
  expect(opened).toMatchObject({ total: names.length, open: names.length });
  expect(await linked(opened)).toEqual(names);
});

test('no more of them are held than one page: each is written before the next is asked for', async () => {
  const made = { asked: 0, written: 0, most: 0 };
  async function* counted(): AsyncGenerator<PlannedShard> {
    for (const name of numbers(3 * SHARDS_PER_PAGE + 5)) {
      made.asked++;
      made.most = Math.max(made.most, made.asked - made.written);
      yield await Promise.resolve(shardOf(name));
    }
  }
  const { result } = await openResult(database, wanted(), shards([]));
  await transaction(database, async (client) => {
    const ask = client.query.bind(client) as (text: string, values: unknown[]) => Promise<unknown>;
    const watched = Object.assign(Object.create(client) as typeof client, {
      query: (text: string, values: unknown[]) => {
        if (text.includes('insert into store.shard')) made.written += (values.find(Array.isArray) as string[]).length;
        return ask(text, values);
      },
    });
    await linkShards(watched, { result, step: step.id, relation: 'data.none', generation: 0 }, counted());
  });
  expect(made).toEqual({ asked: 3 * SHARDS_PER_PAGE + 5, written: 3 * SHARDS_PER_PAGE + 5, most: SHARDS_PER_PAGE });
});

test('a shard that comes twice, in one page or in two, is one piece of work where it came first', async () => {
  const names = numbers(SHARDS_PER_PAGE + 10);
  const opened = await openResult(database, wanted(), shards([...names, names[3]!, names.at(-1)!, names[3]!]));
  expect(opened.total).toBe(names.length);
  expect(await linked(opened)).toEqual(names);
});

test('open shards are cut into groups that step over what is done, with the names at their ends', async () => {
  const before = planned(step, ['b', 'e'], 'v');
  await fill(database, step, await open(database, run, step, before), () => []);
  const opened = await open(database, run, step, planned(step, ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'v'));
  expect(opened).toMatchObject({ total: 7, open: 5 });
  expect(await openGroups(database, opened.result, { size: 2, most: 9 })).toEqual([
    { from: 0, to: 2, first: 'a', last: 'c' },
    { from: 3, to: 5, first: 'd', last: 'f' },
    { from: 6, to: 6, first: 'g', last: 'g' },
  ]);
  expect(await openGroups(database, opened.result, { size: 2, most: 1 })).toHaveLength(1);
});
