import type { PoolClient } from 'pg';
import type { Json } from '../dag/canonical';
import type { Columns } from '../dag/columns';
import type { ShardTask } from '../dag/shards';
import { raw, sql } from '../dag/sql';
import { lanesQuery, shardLanesQuery } from './content';
import { copyRows, copyShards } from './copy';
import { query, transaction, type Database } from './database';
import { StaleClaim } from './errors';

export interface ShardRow {
  readonly id: number;
  readonly task: ShardTask;
  readonly relation: string;
  readonly generation: number;
}

export interface Claim {
  readonly fence: number;
  readonly cursor: Json;
}

/** Shards of a result within a range of ordinals that still have work. */
export async function openShards(database: Database, result: number, range: { from: number; to: number }): Promise<ShardRow[]> {
  return query<ShardRow>(
    database,
    sql`select id, task, relation, generation from store.result_shard join store.shard on id = shard
        where result = ${result} and ordinal between ${range.from} and ${range.to} and state = 'open' order by ordinal`,
  );
}

/**
 * Takes shards for an owner, or takes them over when the lease ran out or the owner is the same execution trying again.
 * @returns the claims by shard; those that are done or held by somebody else are left out
 */
export async function claimShards(
  database: Database,
  shards: readonly number[],
  owner: string,
  leaseMilliseconds: number,
): Promise<Map<number, Claim>> {
  const rows = await query<Claim & { id: number }>(
    database,
    sql`update store.shard set fence = fence + 1, owner = ${owner}, attempts = attempts + 1, lease_until = clock_timestamp() + ${leaseMilliseconds}::float8 * interval '1 ms'
        where id in (select id from store.shard where id = any(${shards}::int[]) and state = 'open' and (lease_until < clock_timestamp() or owner = ${owner}) order by id for update)
        returning id, fence, cursor`,
  );
  return new Map(rows.map(({ id, fence, cursor }) => [id, { fence, cursor }]));
}

/** One shard. @returns null when it is done or somebody else holds it */
export async function claimShard(database: Database, shard: number, owner: string, leaseMilliseconds: number): Promise<Claim | null> {
  return (await claimShards(database, [shard], owner, leaseMilliseconds)).get(shard) ?? null;
}

/** Holds on to claims for so much longer; 0 gives them up. Those that are lost or done stay as they are. @returns how many are held */
export async function renewLeases(database: Database, claims: ReadonlyMap<number, Claim>, leaseMilliseconds: number): Promise<number> {
  const [ids, fences] = [[...claims.keys()], [...claims.values()].map(({ fence }) => fence)];
  const rows = await query(
    database,
    sql`update store.shard set lease_until = clock_timestamp() + ${leaseMilliseconds}::float8 * interval '1 ms'
        from unnest(${ids}::int[], ${fences}::bigint[]) as held(shard, number) where id = held.shard and fence = held.number and state = 'open' returning id`,
  );
  return rows.length;
}

export interface Page {
  readonly shard: number;
  readonly fence: number;
  readonly table: string;
  readonly columns: Columns;
  /** Null for a result with a table of its own. */
  readonly shardColumn: number | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Stores a page of rows and the cursor behind it in one transaction.
 * @throws StaleClaim when the fence is no longer ours: nothing was written.
 */
export async function commitPage(database: Database, page: Page, cursor: Json): Promise<void> {
  await transaction(database, async (client) => {
    await holdFence(client, page, cursor);
    await copyRows(client, { table: page.table, columns: page.columns, shard: page.shardColumn }, page.rows);
  });
}

/** Stores the last page, digests all rows of the shard and closes it, in one transaction. */
export async function finishShard(database: Database, page: Page, seconds: number, run: number): Promise<number> {
  return transaction(database, async (client) => {
    await holdFence(client, page, null);
    if (page.rows.length > 0) await copyRows(client, { table: page.table, columns: page.columns, shard: page.shardColumn }, page.rows);
    return closeShard(client, page, { seconds, run });
  });
}

export interface FinishedPage extends Page {
  readonly seconds: number;
}

/**
 * Does for several shards of one table what `finishShard` does for one: all of them or none.
 * @throws StaleClaim when one of the fences is no longer ours: nothing was written
 */
export async function finishShards(database: Database, pages: readonly FinishedPage[], run: number): Promise<void> {
  const { table, columns } = pages[0]!;
  const ids = pages.map((page) => page.shard);
  await transaction(database, async (client) => {
    const held = await query(
      client,
      sql`update store.shard set cursor = null from unnest(${ids}::int[], ${pages.map((page) => page.fence)}::bigint[]) as held(shard, number)
          where id = held.shard and fence = held.number and state = 'open' returning id`,
    );
    if (held.length < pages.length) throw stale(`${pages.length} shards`);
    await copyShards(
      client,
      { table, columns },
      pages.map(({ shard, rows }) => ({ shard, rows })),
    );
    const lanes = raw(shardLanesQuery(table, columns, `array[${ids.map(Number).join(',')}]`));
    await query(
      client,
      sql`update store.shard set state = 'done', rows = coalesce(made.rows, 0), lanes = coalesce(made.lanes::numeric[], '{0,0,0,0}'), seconds = took.seconds, run = ${run}, finished = clock_timestamp(), lease_until = 'epoch'
          from unnest(${ids}::int[], ${pages.map((page) => page.seconds)}::float8[]) as took(shard, seconds) left join (${lanes}) as made on made.shard = took.shard where id = took.shard`,
    );
  });
}

function stale(what: string): StaleClaim {
  return new StaleClaim(`Expected to hold ${what}, got a newer claim. Another attempt has taken over; this one wrote nothing.`);
}

/** Writes a whole shard with one SQL statement, digests it and closes it, in one transaction. */
export async function insertShard(
  database: Database,
  page: Page,
  statement: { text: string; values: readonly unknown[] },
  took: { started: number; run: number },
): Promise<number> {
  return transaction(database, async (client) => {
    await holdFence(client, page, null);
    const names = Object.keys(page.columns).map((name) => `"${name}"`);
    await client.query(`insert into ${page.table} (${names.join(', ')}) select ${names.join(', ')} from (${statement.text}) as made`, [
      ...statement.values,
    ]);
    return closeShard(client, page, { seconds: (Date.now() - took.started) / 1000, run: took.run });
  });
}

async function holdFence(client: PoolClient, page: Page, cursor: Json): Promise<void> {
  const held = await query(
    client,
    sql`update store.shard set cursor = ${cursor === null ? null : JSON.stringify(cursor)}::jsonb where id = ${page.shard} and fence = ${page.fence} and state = 'open' returning id`,
  );
  if (held.length === 0) throw stale(`shard ${page.shard} with fence ${page.fence}`);
}

async function closeShard(client: PoolClient, page: Page, took: { seconds: number; run: number }): Promise<number> {
  const from = page.shardColumn === null ? page.table : `${page.table} where shard = ${page.shardColumn}`;
  const { rows } = await client.query<{ rows: number; lanes: string[] }>(lanesQuery(from, page.columns));
  const { rows: count, lanes } = rows[0]!;
  await query(
    client,
    sql`update store.shard set state = 'done', rows = ${count}, lanes = ${lanes}::numeric[], seconds = ${took.seconds}, run = ${took.run}, finished = clock_timestamp(), lease_until = 'epoch' where id = ${page.shard}`,
  );
  return count;
}
