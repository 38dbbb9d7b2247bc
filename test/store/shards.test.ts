import type { Json } from '../../dag/canonical';
import { query, type Database } from '../../store/database';
import { sql } from '../../dag/sql';
import { readResult, sealResult, type Opened } from '../../store/results';
import { claimShard, claimShards, commitPage, finishShard, finishShards, openShards, renewLeases, type ShardRow } from '../../store/shards';
import { TestPostgres } from '../postgres';
import { closedRun, exampleStep, fill, LEASE, open, pageOf, planned, type Rows } from './example';

const step = exampleStep();
let postgres: TestPostgres;
let database: Database;
let version = 0;
let opened: Opened;
let shard: ShardRow;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
});
afterAll(() => postgres.close());
beforeEach(async () => {
  opened = await open(database, await closedRun(database), step, planned(step, ['a'], String(version++)));
  [shard] = (await openShards(database, opened.result, { from: 0, to: 9 })) as [ShardRow];
});

const rowsOf = (...pmids: number[]): Rows => pmids.map((pmid) => ({ pmid, title: `title ${pmid}` }));
const page = (fence: number, rows: Rows = []) => pageOf(step, shard, { fence, rows });

async function stored(): Promise<{ pmids: number[]; cursor: Json; state: string; rows: number }> {
  const { relation } = await readResult(database, opened.result);
  const { rows } = await database.pool.query<{ pmid: number }>(`select pmid from ${relation} where shard = $1 order by pmid`, [shard.id]);
  const [row] = await query<{ cursor: Json; state: string; rows: number }>(
    database,
    sql`select cursor, state, rows from store.shard where id = ${shard.id}`,
  );
  return { ...row!, pmids: rows.map(({ pmid }) => pmid) };
}

test('a page and its cursor stand together; the next attempt goes on behind them', async () => {
  const first = (await claimShard(database, shard.id, 'one', LEASE))!;
  expect(first.cursor).toBeNull();
  await commitPage(database, page(first.fence, rowsOf(1, 2)), { page: 2, next: 'x"y' });
  const second = (await claimShard(database, shard.id, 'one', LEASE))!;
  expect(second.cursor).toEqual({ page: 2, next: 'x"y' });
  expect(await finishShard(database, page(second.fence, rowsOf(3)), 1, 1)).toBe(3);
  expect(await stored()).toEqual({ pmids: [1, 2, 3], cursor: null, state: 'done', rows: 3 });
});

test('a shard without rows can be finished', async () => {
  const { fence } = (await claimShard(database, shard.id, 'one', LEASE))!;
  expect(await finishShard(database, page(fence), 1, 1)).toBe(0);
});

test('somebody else waits for the lease, the same owner takes over at once', async () => {
  const first = (await claimShard(database, shard.id, 'one', LEASE))!;
  expect(await claimShard(database, shard.id, 'two', LEASE)).toBeNull();
  const again = (await claimShard(database, shard.id, 'one', LEASE))!;
  expect(again.fence).toBeGreaterThan(first.fence);
});

test('a lease that ran out is anybody’s; a renewed one is not', async () => {
  const { fence } = (await claimShard(database, shard.id, 'one', -1))!;
  expect(await renewLeases(database, new Map([[shard.id, { fence, cursor: null }]]), LEASE)).toBe(1);
  expect(await claimShard(database, shard.id, 'two', LEASE)).toBeNull();
  expect(await renewLeases(database, new Map([[shard.id, { fence, cursor: null }]]), -1)).toBe(1);
  expect(await claimShard(database, shard.id, 'two', LEASE)).not.toBeNull();
  expect(await renewLeases(database, new Map([[shard.id, { fence, cursor: null }]]), LEASE)).toBe(0);
});

test('a stale fence writes nothing: no page, no cursor, no end', async () => {
  const stale = (await claimShard(database, shard.id, 'one', -1))!;
  const held = (await claimShard(database, shard.id, 'two', LEASE))!;
  await commitPage(database, page(held.fence, rowsOf(1)), 'first');
  const message = `Expected to hold shard ${shard.id} with fence ${stale.fence}`;
  await expect(commitPage(database, page(stale.fence, rowsOf(8)), 'stale')).rejects.toMatchObject({ name: 'StaleClaim' });
  await expect(finishShard(database, page(stale.fence, rowsOf(9)), 1, 1)).rejects.toThrow(message);
  expect(await stored()).toEqual({ pmids: [1], cursor: 'first', state: 'open', rows: 0 });
});

test('a finished shard is claimed and written by nobody, not even by the one that finished it', async () => {
  const { fence } = (await claimShard(database, shard.id, 'one', LEASE))!;
  await finishShard(database, page(fence, rowsOf(1)), 1, 1);
  expect(await claimShard(database, shard.id, 'one', LEASE)).toBeNull();
  await expect(finishShard(database, page(fence, rowsOf(1)), 1, 1)).rejects.toMatchObject({ name: 'StaleClaim' });
  expect((await stored()).pmids).toEqual([1]);
});

/** Three pages of two rows, as the cursor says; breaks off where it lost the claim. */
async function attempt(owner: string): Promise<'finished' | 'refused' | 'stale'> {
  const claim = await claimShard(database, shard.id, owner, LEASE);
  if (claim === null) return 'refused';
  try {
    for (let at = (claim.cursor as number | null) ?? 0; at < 2; at++)
      await commitPage(database, page(claim.fence, rowsOf(2 * at, 2 * at + 1)), at + 1);
    await finishShard(database, page(claim.fence, rowsOf(4, 5)), 1, 1);
    return 'finished';
  } catch (error) {
    expect(error).toMatchObject({ name: 'StaleClaim' });
    return 'stale';
  }
}

test('of twelve overlapping attempts of two owners one finishes, and every row is there once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => attempt(index % 2 === 0 ? 'one' : 'two')));
  expect(outcomes.filter((outcome) => outcome === 'finished')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeGreaterThanOrEqual(6);
  expect(await stored()).toEqual({ pmids: [0, 1, 2, 3, 4, 5], cursor: null, state: 'done', rows: 6 });
});

describe('several shards at once', () => {
  const names = ['a', 'b', 'c'];
  const found: Record<string, Rows> = { a: rowsOf(1, 2), b: [], c: rowsOf(3) };
  let shards: ShardRow[];

  const start = async (round: string): Promise<Opened> => open(database, await closedRun(database), step, planned(step, names, round));
  const pages = async (owner = 'one') => {
    const claims = await claimShards(
      database,
      shards.map(({ id }) => id),
      owner,
      LEASE,
    );
    return shards.map((one) => ({
      ...pageOf(step, one, { fence: claims.get(one.id)?.fence ?? -1, rows: found[one.task.name]! }),
      seconds: 1,
    }));
  };
  beforeEach(async () => {
    opened = await start(`several ${version++}`);
    shards = await openShards(database, opened.result, { from: 0, to: 9 });
  });

  test('closed together they are what they are one by one', async () => {
    await finishShards(database, await pages(), 1);
    const together = await sealResult(database, step, opened.result);
    const apart = await start(`apart ${version++}`);
    await fill(database, step, apart, (name) => found[name]!);
    expect(await sealResult(database, step, apart.result)).toEqual(together);
    expect(together.rows).toBe(3);
  });

  test('those that somebody else holds, or that are done, are not claimed', async () => {
    const [first, second] = [
      await claimShard(database, shards[0]!.id, 'two', LEASE),
      await claimShard(database, shards[1]!.id, 'one', LEASE),
    ];
    expect(first).not.toBeNull();
    await finishShard(database, pageOf(step, shards[1]!, { fence: second!.fence }), 1, 1);
    const claims = await claimShards(
      database,
      shards.map(({ id }) => id),
      'one',
      LEASE,
    );
    expect([...claims.keys()]).toEqual([shards[2]!.id]);
  });

  test('one lost claim among them, and none is written', async () => {
    const stale = await pages('one');
    await renewLeases(database, new Map([[shards[1]!.id, { fence: stale[1]!.fence, cursor: null }]]), 0);
    await claimShard(database, shards[1]!.id, 'two', LEASE);
    await expect(finishShards(database, stale, 1)).rejects.toMatchObject({ name: 'StaleClaim' });
    expect(await openShards(database, opened.result, { from: 0, to: 9 })).toHaveLength(3);
    const { relation } = await readResult(database, opened.result);
    const { rowCount } = await database.pool.query(`select from ${relation} where shard = any($1)`, [shards.map(({ id }) => id)]);
    expect(rowCount).toBe(0);
  });
});
