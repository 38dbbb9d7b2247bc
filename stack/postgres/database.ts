import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { StackError, messageOf } from '../errors';

const ALREADY_THERE = new Set(['42P04', '23505']); // duplicate_database; the same lost in a race of two creators

/**
 * The URL of a database of this server, created when missing. Locale C and UTF8, so that sorting and digests are the same on every machine.
 * @throws StackError (1) when the server refuses.
 */
export async function ensureDatabase(maintenanceUrl: string, name: string): Promise<string> {
  const url = new URL(maintenanceUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  const client = new Client({ connectionString: maintenanceUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)} template template0 encoding 'UTF8' locale 'C'`);
  } catch (error) {
    if (!(error instanceof DatabaseError && ALREADY_THERE.has(error.code ?? ''))) {
      throw new StackError(`Expected the database ${name}, got: ${messageOf(error)} (embedded Postgres at ${url.host}).`);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
  return url.href;
}
