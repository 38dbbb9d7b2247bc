import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Database } from './database';
import { StoreError } from './errors';
import * as first from './migrations/000001-store';
import * as second from './migrations/000002-collected';
import * as control from './migrations/000003-control';
import * as budgets from './migrations/000004-budgets';

/** In order, never edited: a change is a new one. */
const migrations: readonly { name: string; up: (knex: Knex) => Promise<void>; down: (knex: Knex) => Promise<void> }[] = [
  { name: '000001-store', ...first },
  { name: '000002-collected', ...second },
  { name: '000003-control', ...control },
  { name: '000004-budgets', ...budgets },
];

const migrator: Knex.MigratorConfig = {
  schemaName: 'store',
  tableName: 'migration',
  migrationSource: {
    getMigrations: () => Promise.resolve([...migrations]),
    getMigrationName: (migration: (typeof migrations)[number]) => migration.name,
    getMigration: (migration: (typeof migrations)[number]) => Promise.resolve(migration),
  },
};

/** Serialises processes that start together. */
const MIGRATION_LOCK = 7_527_2024;

/**
 * Brings the database to this program's schema and gives it an identity.
 * @throws StoreError (exit 2) when the database belongs to something else or its schema is newer than the program.
 */
export async function migrate(database: Database): Promise<void> {
  if (await isCurrent(database)) return;
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseForeignDatabase(database);
    await refuseNewerSchema(database);
    await runMigrations(database.url);
    await client.query('insert into store.meta (database_id) select $1 where not exists (select from store.meta)', [
      randomBytes(6).toString('hex'),
    ]);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).finally(() => client.release());
  }
}

/** Whether every migration has run and no other: the common case, told in two questions and without the migrator. */
async function isCurrent({ pool }: Database): Promise<boolean> {
  const { rows: found } = await pool.query<{ ours: boolean }>(
    `select to_regclass('store.migration') is not null and to_regclass('store.meta') is not null as ours`,
  );
  if (!found[0]!.ours) return false;
  const { rows } = await pool.query<{ done: string[]; named: boolean }>(
    'select array(select name from store.migration order by id) as done, exists (select from store.meta) as named',
  );
  const [{ done, named }] = rows as [{ done: string[]; named: boolean }];
  return named && done.length === migrations.length && migrations.every(({ name }, at) => done[at] === name);
}

/** The name this database goes by in task queues; made once. */
export async function databaseId(database: Database): Promise<string> {
  const { rows } = await database.pool.query<{ database_id: string }>('select database_id from store.meta');
  return rows[0]!.database_id;
}

async function runMigrations(url: string): Promise<void> {
  // Loaded late: it is needed once in the life of a database, and 330 files long.
  const { default: knex } = await import('knex');
  const db = knex({ client: 'pg', connection: url, pool: { min: 0, max: 2 } });
  try {
    await db.raw('create schema if not exists store');
    // Ours is the only process here (MIGRATION_LOCK): a lock in knex's own table was left by one that was killed.
    await db.migrate.forceFreeMigrationsLock(migrator);
    await db.migrate.latest(migrator);
  } finally {
    await db.destroy();
  }
}

async function refuseForeignDatabase({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ store: boolean; ours: boolean; data: boolean }>(`
    select to_regnamespace('store') is not null as store, to_regclass('store.migration') is not null as ours, to_regnamespace('data') is not null as data`);
  const { store, ours, data } = rows[0]!;
  if (!ours && (store || data)) {
    const name = store ? 'store' : 'data';
    throw new StoreError(
      `Expected an empty database or one of research-atlas, got one that has a schema "${name}" of something else. Create a database of its own and put its URL into ATLAS_DATABASE_URL.`,
      2,
    );
  }
}

async function refuseNewerSchema({ pool }: Database): Promise<void> {
  const exists = await pool.query<{ ours: boolean }>(`select to_regclass('store.migration') is not null as ours`);
  if (!exists.rows[0]!.ours) return;
  const { rows } = await pool.query<{ name: string }>('select name from store.migration order by id');
  const known = new Set(migrations.map(({ name }) => name));
  const newer = rows.map(({ name }) => name).filter((name) => !known.has(name));
  if (newer.length === 0) return;
  throw new StoreError(
    `Expected a schema up to ${migrations.at(-1)!.name}, got ${newer.at(-1)!}: this database was made by a newer research-atlas. Update the program, or use another database.`,
    2,
  );
}
