import type { PoolClient } from 'pg';
import type { PlannedShard } from '../dag/step-shards';
import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** Shards that are written in one statement, and all that are held at once while a step is opened, however many it has. */
export const SHARDS_PER_PAGE = 1_000;

/**
 * Adds the shards that are not there yet, and makes them those of a result; those that are keep their state, cursor and rows. A shard
 * that comes twice is taken once. @returns how many the result has
 */
export async function linkShards(
  client: PoolClient,
  to: { result: number; step: string; relation: string; generation: number },
  shards: AsyncIterable<PlannedShard>,
): Promise<number> {
  await query(client, sql`delete from store.result_shard where result = ${to.result}`);
  let total = 0;
  for await (const page of pagesOf(shards, SHARDS_PER_PAGE)) {
    await addShards(client, to, page);
    total += await linkPage(client, to, { keys: page.map(({ key }) => key), from: total });
  }
  return total;
}

async function addShards(
  client: PoolClient,
  to: { step: string; relation: string; generation: number },
  shards: readonly PlannedShard[],
): Promise<void> {
  await query(
    client,
    sql`insert into store.shard (step, shard_key, generation, key_text, task, relation)
        select ${to.step}, key, ${to.generation}::int, text, task, ${to.relation}
        from unnest(${shards.map((shard) => shard.key)}::text[], ${shards.map((shard) => shard.keyText)}::text[], ${shards.map(taskText)}::jsonb[]) as wanted(key, text, task)
        on conflict (shard_key, generation) do nothing`,
  );
}

/** @returns how many of them the result did not have */
async function linkPage(
  client: PoolClient,
  { result, generation }: { result: number; generation: number },
  { keys, from }: { keys: readonly string[]; from: number },
): Promise<number> {
  const [row] = await query<{ linked: number }>(
    client,
    sql`with found as (
          select distinct on (place) place, id from unnest(${keys}::text[]) with ordinality as wanted(key, place)
          join store.shard on shard_key = key and (generation = ${generation}::int or ${generation}::int = 0)
          order by place, (state = 'done') desc, generation desc),
        fresh as (
          select id, min(place) as place from found
          where not exists (select from store.result_shard where result = ${result} and shard = id) group by id),
        linked as (
          insert into store.result_shard (result, ordinal, shard)
          select ${result}, ${from}::int + row_number() over (order by place) - 1, id from fresh returning 1)
        select count(*) as linked from linked`,
  );
  return row!.linked;
}

async function* pagesOf<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    if (page.push(item) < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function taskText({ name, input, value, digest }: PlannedShard): string {
  return JSON.stringify({ name, input, value, digest });
}

/** Neighbouring shards that still have work; a done one between two does no harm. */
export interface OpenGroup {
  readonly from: number;
  readonly to: number;
  readonly first: string;
  readonly last: string;
}

/** The first `most` groups, of at most `size` open shards each, with the names at their ends. */
export async function openGroups(database: Database, result: number, { size, most }: { size: number; most: number }): Promise<OpenGroup[]> {
  return query<OpenGroup>(
    database,
    sql`select min(ordinal) as "from", max(ordinal) as "to", (array_agg(name order by ordinal))[1] as first, (array_agg(name order by ordinal desc))[1] as last
        from (
          select ordinal, task->>'name' as name, (row_number() over (order by ordinal) - 1) / ${size}::int as place
          from store.result_shard join store.shard on id = shard where result = ${result} and state = 'open' order by ordinal limit ${size}::int * ${most}::int) as open
        group by place order by place`,
  );
}
