import type { Json } from '../dag/canonical';
import type { CueParts } from '../dag/cues';
import type { PlanWorld, Sealed, StepHistory } from '../dag/plan';
import { sql } from '../dag/sql';
import { cutShards } from './cut';
import { countMoved } from './moved-rows';
import { query, type Database } from './database';

/** What the planner asks, answered from Postgres: one round trip per question, any number of keys. */
export function planWorld(database: Database): PlanWorld {
  return {
    results: (keys) => findResults(database, keys),
    doneShards: (keys) => findDoneShards(database, keys),
    cut: (step, sources, inputs) => cutShards(database, step, sources, inputs),
    history: (steps) => findHistory(database, steps),
    moved: countMoved(database),
  };
}

async function findResults(database: Database, keys: readonly string[]): Promise<Map<string, Sealed>> {
  const rows = await query<Sealed & { key: string; relation: string }>(
    database,
    sql`select key, id as result, digest, rows from unnest(${keys}::text[]) as wanted(key) join store.result using (key)
        where state = 'sealed' and superseded_by is null and to_regclass(relation) is not null`,
  );
  return new Map(rows.map(({ key, result, digest, rows: count }) => [key, { result, digest, rows: count }]));
}

async function findDoneShards(database: Database, keys: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ key: string }>(
    database,
    sql`select distinct shard_key as key from unnest(${keys}::text[]) as wanted(key) join store.shard on shard_key = key where state = 'done' and to_regclass(relation) is not null
        and not (task->>'name' = 'all' and task->>'input' is null)`,
  );
  return new Set(rows.map((row) => row.key));
}

interface HistoryRow {
  readonly step: string;
  readonly key_text: string | null;
  readonly parts: Record<string, string> | null;
  readonly failed: string | null;
  readonly rows: Record<string, number | null> | null;
}

/** The last sealed result of each step, and the message of its newest try when that failed. Steps with neither are left out. */
async function findHistory(database: Database, steps: readonly string[]): Promise<Map<string, StepHistory>> {
  const rows = await query<HistoryRow>(
    database,
    sql`select wanted.step, last.key_text, code.parts, tried.message as failed, counted.rows
        from unnest(${steps}::text[]) as wanted(step)
        left join lateral (select key_text, sealed from store.result where result.step = wanted.step and state <> 'building' order by sealed desc, id desc limit 1) as last on true
        left join store.code on code.digest = (last.key_text::jsonb)->>'code'
        left join lateral (select message from store.run_step where run_step.step = wanted.step and action = 'failed' and finished > coalesce(last.sealed, 'epoch') order by finished desc limit 1) as tried on true
        left join lateral (
          select jsonb_object_agg(input.name, (select result.rows from store.result where result.digest = input.digest limit 1)) as rows
          from jsonb_each_text((last.key_text::jsonb)->'inputs') as input(name, digest)) as counted on true
        where last.key_text is not null or tried.message is not null`,
  );
  return new Map(rows.map((row) => [row.step, { parts: row.key_text === null ? null : partsOf(row.key_text, row), failed: row.failed }]));
}

function partsOf(keyText: string, { parts, rows }: HistoryRow): CueParts {
  const key = JSON.parse(keyText) as { code: string; params: Json; inputs: Record<string, string>; vintage?: string };
  return {
    code: parts ?? { code: key.code },
    params: key.params,
    inputs: key.inputs,
    vintage: key.vintage ?? null,
    ...(rows === null ? {} : { rows }),
  };
}
