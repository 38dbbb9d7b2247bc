import { Pool, types, type PoolClient } from 'pg';
import type { Sql } from '../dag/sql';
import { StoreError } from './errors';

/** One study's database. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
}

const INT8 = 20;
const DATE = 1082;

// Counts and identifiers stay below 2^53; dates stay texts, so that no time zone can move them.
types.setTypeParser(INT8, Number);
types.setTypeParser(DATE, (text) => text);

/** Texts of rows must not depend on the session: digests are made of them. */
const SESSION = `-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c extra_float_digits=1`;

/** Opens a pool; no connection is made before the first query. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    options: SESSION,
    application_name: 'research-atlas',
    connectionTimeoutMillis: 10_000,
  });
  // A dropped idle connection is not an error: the next query opens another.
  pool.on('error', () => undefined);
  // One that drops in use fails the query at hand; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { url, pool };
}

export async function query<T>(database: Database | PoolClient, { text, values }: Sql): Promise<T[]> {
  const target = 'pool' in database ? database.pool : database;
  const { rows } = await target.query(text, [...values]);
  return rows as T[];
}

/** Runs work in one transaction on one connection; an error rolls it back and goes out unchanged. */
export async function transaction<T>({ pool }: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw diskFull(error) ?? error;
  } finally {
    client.release(broken);
  }
}

const DISK_FULL = '53100';

function diskFull(error: unknown): StoreError | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== DISK_FULL) return null;
  return new StoreError(
    `Expected room on the database's disk, got "${error.message}". Free some space, then start the rebuild again: what was finished is kept, the rest was rolled back.`,
  );
}
