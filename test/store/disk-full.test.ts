import { transaction, type Database } from '../../store/database';
import { readResult } from '../../store/results';
import { claimShard, commitPage, finishShard, openShards } from '../../store/shards';
import { TestPostgres } from '../postgres';
import { closedRun, exampleStep, LEASE, open, pageOf, planned } from './example';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
});
afterAll(() => postgres.close());

const rows = Array.from({ length: 3_000 }, (_, pmid) => ({ pmid, title: 'a title' }));

test('a full disk ends the work with what to do, and leaves nothing half written', async () => {
  const step = exampleStep();
  const { result } = await open(database, await closedRun(database), step, planned(step, ['a']));
  const { relation } = await readResult(database, result);
  // What Postgres says when a table cannot grow, in the middle of a COPY.
  await database.pool.query(`
    create function data.full() returns trigger language plpgsql as
      'begin raise exception ''could not extend file'' using errcode = ''disk_full''; end';
    create trigger full_disk before insert on ${relation} for each row when (new.pmid = 2500) execute function data.full()`);
  const [shard] = await openShards(database, result, { from: 0, to: 0 });
  const { fence } = (await claimShard(database, shard!.id, 'one', LEASE))!;
  const page = pageOf(step, shard!, { fence, rows });
  const message = /^Expected room on the database's disk, got "could not extend file"\. Free some space/;
  for (const work of [() => commitPage(database, page, 'page 2'), () => finishShard(database, page, 1, 1)])
    await expect(work()).rejects.toMatchObject({ name: 'StoreError', exitCode: 1, message: expect.stringMatching(message) as string });
  const left = await database.pool.query(
    `select (select count(*)::int from ${relation}) as rows, cursor, state from store.shard where id = ${shard!.id}`,
  );
  expect(left.rows).toEqual([{ rows: 0, cursor: null, state: 'open' }]);

  await database.pool.query(`drop trigger full_disk on ${relation}`);
  expect(await finishShard(database, page, 1, 1)).toBe(rows.length);
});

test('any other error goes out as it is', async () => {
  const wrong = transaction(database, (client) => client.query('select 1 / 0'));
  await expect(wrong).rejects.toMatchObject({ code: '22012' });
});

test('a connection that broke in a transaction is not used again', async () => {
  const broken = transaction(database, async (client) => {
    await client.query('select pg_terminate_backend(pg_backend_pid())');
  });
  await expect(broken).rejects.toThrow();
  const { rows: found } = await database.pool.query('select 1 as one');
  expect(found).toEqual([{ one: 1 }]);
});
