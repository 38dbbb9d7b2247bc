import type { PoolClient } from 'pg';
import { identifier, raw, sql } from '../../dag/sql';
import { query, transaction, type Database } from '../database';
import { snake } from '../relations';
import { takeResults } from './lock';
import { keptRuns, unneeded, type Keep, type Unneeded } from './needed';

/**
 * Frees what no kept run needs, a step at a time: each in one transaction in which no plan can point at a result.
 * What a result was made of and its digest stay known; its rows are gone. Ended at any moment, the next one goes on.
 */
export async function collect(database: Database, keep: Keep, freed: (step: Unneeded) => void): Promise<void> {
  const steps = (await unneeded(database, await keptRuns(database, keep), keep.days)).map(({ step }) => step);
  for (const step of steps) {
    const { found, emptied } = await transaction(database, (client) => collectStep(client, step, keep));
    for (const relation of emptied) await database.pool.query(`vacuum ${relation}`);
    if (found !== null) freed(found);
  }
  await dropEmptyRunSchemas(database);
}

/** Looks again under the lock: a run may have started since. */
async function collectStep(client: PoolClient, step: string, keep: Keep): Promise<{ found: Unneeded | null; emptied: string[] }> {
  await takeResults(client);
  const found = (await unneeded(client, await keptRuns(client, keep), keep.days)).find((item) => item.step === step) ?? null;
  if (found === null) return { found, emptied: [] };
  await dropViews(client, found);
  await query(client, sql`delete from store.result_shard where result = any(${found.results}::int[])`);
  await query(client, sql`update store.result set state = 'collected' where id = any(${found.results}::int[])`);
  return { found, emptied: await deleteRows(client, found) };
}

/** The views of runs that are no longer kept; those of kept runs point elsewhere. */
async function dropViews(client: PoolClient, { step, results }: Unneeded): Promise<void> {
  const runs = await query<{ run: number }>(
    client,
    sql`select run from store.run_step where step = ${step} and result = any(${results}::int[])`,
  );
  for (const { run } of runs) await client.query(`drop view if exists run_${run}.${identifier(snake(step))}`);
}

/** @returns the shared tables that lost some of their rows; a table that has no shard left is dropped */
async function deleteRows(client: PoolClient, { shards }: Unneeded): Promise<string[]> {
  const gone = await query<{ relation: string; ids: number[]; left: boolean; exists: boolean }>(
    client,
    sql`select relation, array_agg(id) as ids, to_regclass(relation) is not null as exists,
          exists (select from store.shard as other where other.relation = shard.relation and not other.id = any(${shards}::int[])) as left
        from store.shard where id = any(${shards}::int[]) group by relation`,
  );
  for (const { relation, ids, left, exists } of gone.filter((table) => table.exists)) {
    if (left) await query(client, sql`delete from ${{ relation: raw(relation) }} where shard = any(${ids}::int[])`);
    else if (exists) await client.query(`drop table ${relation}`);
  }
  await query(client, sql`delete from store.shard where id = any(${shards}::int[])`);
  return gone.filter(({ left, exists }) => left && exists).map(({ relation }) => relation);
}

async function dropEmptyRunSchemas(database: Database): Promise<void> {
  const empty = await query<{ name: string }>(
    database,
    sql`select nspname as name from pg_namespace where nspname ~ '^run_[0-9]+$' and not exists (select from pg_class where relnamespace = pg_namespace.oid)`,
  );
  for (const { name } of empty) await database.pool.query(`drop schema if exists ${identifier(name)}`);
}
