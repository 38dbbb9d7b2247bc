import type { PoolClient } from 'pg';
import type { Key } from '../dag/key';
import { raw, sql } from '../dag/sql';
import type { AnyStep } from '../dag/step';
import type { PlannedShard } from '../dag/step-shards';
import { contentDigest, parseLanes, sumOfLanes, type Lanes } from './content';
import { query, transaction, type Database } from './database';
import { holdResults } from './garbage/lock';
import { createOwnTable, createSharedTable, ownTable, relationOf, sharedTable } from './relations';
import { linkShards } from './result-shards';

export interface ResultRow {
  readonly id: number;
  readonly step: string;
  readonly key: string;
  readonly relation: string;
  readonly sharded: boolean;
  readonly state: 'building' | 'sealed' | 'collected';
  readonly digest: string | null;
  readonly rows: number | null;
  readonly forced: boolean;
}

export interface Opened {
  readonly result: number;
  readonly total: number;
  /** Shards that still have work. */
  readonly open: number;
}

/** What a run wants of a step: the result with this key, made anew when it is forced. */
export interface WantedResult extends Key {
  readonly run: number;
  readonly step: AnyStep;
  readonly forced: boolean;
}

/** Makes (or finds again) the result a run is building for a step, its table and its shards. Idempotent. */
export async function openResult(database: Database, wanted: WantedResult, shards: AsyncIterable<PlannedShard>): Promise<Opened> {
  const { run, step, key, forced } = wanted;
  return transaction(database, async (client) => {
    await holdResults(client);
    await query(client, sql`select pg_advisory_xact_lock(hashtext(${key}))`);
    const found = await query<ResultRow>(
      client,
      sql`select * from store.result where key = ${key} and state = 'building' and (run = ${run} or not ${forced}) and forced = ${forced} order by id desc limit 1`,
    );
    const row = found[0] ?? (await insertResult(client, wanted));
    const { id: result, relation } = row;
    if (step.sharded) await forgetLostTable(client, row);
    await (step.sharded ? createSharedTable(client, relation, step.output) : createOwnTable(client, relation, step.output));
    const generation = forced || !step.sharded ? result : 0;
    const total = await linkShards(client, { result, step: step.id, relation, generation }, shards);
    const [left] = await query<{ open: number }>(
      client,
      sql`select count(*) as open from store.result_shard join store.shard on id = shard where result = ${result} and state = 'open'`,
    );
    return { result, total, open: left!.open };
  });
}

/** A shared table that is gone took the rows of its shards and results with it: neither may be found by key again. */
async function forgetLostTable(client: PoolClient, { id, relation }: ResultRow): Promise<void> {
  const [table] = await query<{ gone: boolean }>(client, sql`select to_regclass(${relation}) is null as gone`);
  if (!table!.gone) return;
  await query(client, sql`update store.shard set state = 'open', cursor = null, rows = 0, lanes = null where relation = ${relation}`);
  await query(
    client,
    sql`update store.result set superseded_by = ${id} where relation = ${relation} and id <> ${id} and state = 'sealed' and superseded_by is null`,
  );
}

async function insertResult(client: PoolClient, { run, step, key, text, forced }: WantedResult): Promise<ResultRow> {
  const [row] = await query<ResultRow>(
    client,
    sql`insert into store.result (step, key, key_text, run, relation, sharded, forced)
        values (${step.id}, ${key}, ${text}, ${run}, ${step.sharded ? sharedTable(step.id, step.output) : ''}, ${step.sharded}, ${forced}) returning *`,
  );
  if (step.sharded) return row!;
  const relation = ownTable(step.id, row!.id);
  await query(client, sql`update store.result set relation = ${relation} where id = ${row!.id}`);
  return { ...row!, relation };
}

export async function readResult(database: Database, result: number): Promise<ResultRow> {
  const [row] = await query<ResultRow>(database, sql`select * from store.result where id = ${result}`);
  if (row === undefined) throw lostResult(result);
  return row;
}

/** Several results by id. @throws Error when one is not there */
export async function readResults(database: Database, results: readonly number[]): Promise<Map<number, ResultRow>> {
  const rows = await query<ResultRow>(database, sql`select * from store.result where id = any(${results}::int[])`);
  const found = new Map(rows.map((row) => [row.id, row]));
  const lost = results.find((id) => !found.has(id));
  if (lost !== undefined) throw lostResult(lost);
  return found;
}

function lostResult(result: number): Error {
  return new Error(`Expected result ${result}, got none. Start the rebuild again.`);
}

export interface SealedContent {
  readonly digest: string;
  readonly rows: number;
  /** The digest of the result this one replaces under the same key, when it differs: the step is not reproducible. */
  readonly differsFrom: string | null;
}

/** Adds up the shards, indexes the table and closes the result. Checks have passed before. Idempotent. */
export async function sealResult(database: Database, step: AnyStep, result: number): Promise<SealedContent> {
  const row = await readResult(database, result);
  await indexResult(database, step, row);
  return transaction(database, async (client) => {
    const { shards, open, lanes } = await sumShards(client, result);
    if (open > 0)
      throw new Error(
        `Expected all ${shards} shards of ${step.id} to be done, got ${open} open. Start the rebuild again: it takes up what is missing.`,
      );
    const digest = contentDigest(step.output, lanes);
    // Sealing again finds what it replaced then, and does not take the place of what came later.
    const older = await query<ResultRow>(
      client,
      sql`select * from store.result where key = ${row.key} and state = 'sealed' and (superseded_by = ${result} or (superseded_by is null and ${row.state === 'building'})) and id <> ${result} order by sealed desc for update`,
    );
    await query(client, sql`update store.result set superseded_by = ${result} where id = any(${older.map((old) => old.id)}::int[])`);
    await query(
      client,
      sql`update store.result set state = 'sealed', digest = ${digest}, rows = ${lanes.rows}, sealed = coalesce(sealed, clock_timestamp()), seconds = coalesce(seconds, extract(epoch from clock_timestamp() - created)) where id = ${result}`,
    );
    const other = older.find((old) => old.digest !== digest);
    return { digest, rows: lanes.rows, differsFrom: other?.digest ?? null };
  });
}

async function sumShards(client: PoolClient, result: number): Promise<{ shards: number; open: number; lanes: Lanes }> {
  const [sum] = await query<{ shards: number; open: number; rows: number; lanes: string[] }>(
    client,
    sql`select count(*) as shards, count(*) filter (where state <> 'done') as open, coalesce(sum(rows), 0)::bigint as rows, ${raw(sumOfLanes('lanes'))} as lanes
        from store.result_shard join store.shard on id = shard where result = ${result}`,
  );
  return { ...sum!, lanes: parseLanes(sum!) };
}

async function indexResult(database: Database, step: AnyStep, row: ResultRow): Promise<void> {
  if (!row.sharded) {
    for (const column of step.index)
      await database.pool.query(
        `create index if not exists ${row.relation.slice('data.'.length)}_${column} on ${row.relation} ("${column}")`,
      );
  }
  await database.pool.query(`analyze ${row.relation}`);
}

/** Rows that break a check, at most five; an empty list means that it holds. */
export async function failingRows(
  database: Database,
  step: AnyStep,
  result: number,
): Promise<{ check: string; advice: string; rows: unknown[] }[]> {
  const relation = relationOf(await readResult(database, result), step.output);
  const broken: { check: string; advice: string; rows: unknown[] }[] = [];
  for (const check of step.checks) {
    const failing = check.failing(relation);
    const rows = await query(database, { text: `select * from (${failing.text}) as failing limit 5`, values: failing.values });
    if (rows.length > 0) broken.push({ check: check.name, advice: check.advice, rows });
  }
  return broken;
}
