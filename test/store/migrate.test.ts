import { readdirSync } from 'node:fs';
import path from 'node:path';
import { databaseId, migrate } from '../../store/migrate';
import { TestPostgres } from '../postgres';

let postgres: TestPostgres;
/** Every file of the folder is a migration that runs. */
const ALL = readdirSync(path.join(__dirname, '../../store/migrations')).map((file) => file.replace('.ts', ''));

beforeAll(async () => (postgres = await TestPostgres.start()));
afterAll(() => postgres.close());

test('a second time changes nothing, not even the name of the database', async () => {
  const database = await postgres.database();
  const tables = () =>
    database.pool.query("select table_name from information_schema.tables where table_schema in ('store', 'data') order by 1");
  const [id, before] = [await databaseId(database), (await tables()).rows];
  await migrate(database);
  expect(await databaseId(database)).toBe(id);
  expect((await tables()).rows).toEqual(before);
  expect(id).toMatch(/^[0-9a-f]{12}$/);
});

test('two that start together make one schema with one name', async () => {
  const url = await postgres.emptyUrl();
  const both = [postgres.open(url), postgres.open(url)];
  await Promise.all(both.map(migrate));
  const { rows } = await both[0]!.pool.query(
    'select name, (select count(*)::int from store.meta) as names from store.migration order by id',
  );
  expect(rows).toEqual(ALL.map((name) => ({ name, names: 1 })));
});

test('a lock that a killed process left does not keep the next one out', async () => {
  const database = await postgres.database();
  await database.pool.query('update store.migration_lock set is_locked = 1');
  await expect(migrate(database)).resolves.toBeUndefined();
});

test('a newer schema is refused, naming both, and left as it is', async () => {
  const database = await postgres.database();
  await database.pool.query("insert into store.migration (name, batch, migration_time) values ('000999-later', 2, now())");
  const message = new RegExp(`up to ${ALL.at(-1)!}, got 000999-later.*Update the program`);
  await expect(migrate(database)).rejects.toMatchObject({
    name: 'StoreError',
    exitCode: 2,
    message: expect.stringMatching(message) as string,
  });
  const { rows } = await database.pool.query('select count(*)::int as n from store.migration');
  expect(rows).toEqual([{ n: ALL.length + 1 }]);
});

test.each(['store', 'data'])('a database that has a schema "%s" of something else is refused and not touched', async (schema) => {
  const database = postgres.open(await postgres.emptyUrl());
  await database.pool.query(`create schema ${schema}`);
  const message = expect.stringContaining(`a schema "${schema}" of something else`) as string;
  await expect(migrate(database)).rejects.toMatchObject({ exitCode: 2, message });
  const { rows } = await database.pool.query("select nspname from pg_namespace where nspname in ('store', 'data')");
  expect(rows).toEqual([{ nspname: schema }]);
});

test('a refusal frees the lock: what comes after it is not kept waiting', async () => {
  const database = postgres.open(await postgres.emptyUrl());
  await database.pool.query('create schema store');
  await expect(migrate(database)).rejects.toThrow();
  await database.pool.query('drop schema store');
  await expect(migrate(database)).resolves.toBeUndefined();
});
