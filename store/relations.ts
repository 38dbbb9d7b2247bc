import type { PoolClient } from 'pg';
import type { Columns } from '../dag/columns';
import { sha256 } from '../dag/digest';
import { identifier, raw, type Relation } from '../dag/sql';

/** Postgres cuts names at 63 bytes; ours stay below. */
export function snake(step: string): string {
  return step.replaceAll('/', '_').replaceAll('-', '_');
}

/** The table all shards of a step with these columns share; other columns are another table, so old results stay readable. */
export function sharedTable(step: string, columns: Columns): string {
  return `data.${snake(step)}__${sha256(JSON.stringify(typesOf(columns))).slice(0, 8)}`;
}

/** The table of one whole-table result. */
export function ownTable(step: string, result: number): string {
  return `data.${snake(step)}__r${result}`;
}

export function columnList(columns: Columns): string {
  return Object.keys(columns).map(identifier).join(', ');
}

/** Makes a sharded step's table when it is missing: a dense shard number and BRIN on it, nothing else (other indexes slow the load 3–9 times). */
export async function createSharedTable(client: PoolClient, table: string, columns: Columns): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [table]);
  await client.query(`create table if not exists ${table} (shard int not null, ${definitions(columns)})`);
  await client.query(
    `create index if not exists ${table.slice('data.'.length)}_shard on ${table} using brin (shard) with (pages_per_range = 8)`,
  );
}

export async function createOwnTable(client: PoolClient, table: string, columns: Columns): Promise<void> {
  await client.query(`create table if not exists ${table} (${definitions(columns)})`);
}

/**
 * What stands behind `from` for a result: its own table, or its shards of the shared one. Joined, so that Postgres chooses the way by how
 * many shards there are: of an array it would look each up in the index, one after the other.
 */
export function relationOf(result: { id: number; relation: string; sharded: boolean }, columns: Columns): Relation {
  if (!result.sharded) return { relation: raw(result.relation) };
  const shards = `select shard from store.result_shard where result = ${Number(result.id)}`;
  return { relation: raw(`(select ${columnList(columns)} from ${result.relation} where shard in (${shards}))`) };
}

function definitions(columns: Columns): string {
  return typesOf(columns)
    .map(([name, type]) => `${identifier(name)} ${type}${type.startsWith('text') ? ' collate "C"' : ''}`)
    .join(', ');
}

function typesOf(columns: Columns): [string, string][] {
  return Object.entries(columns).map(([name, [type]]) => [name, type]);
}
