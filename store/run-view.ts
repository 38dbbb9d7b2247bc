import type { Cue } from '../dag/cues';
import { sql } from '../dag/sql';
import { query, type Database } from './database';
import type { StepAction } from './runs';

/** One step of a run as `show`, `status` and the page tell it. */
export interface RunStepView {
  readonly step: string;
  readonly key: string | null;
  readonly action: StepAction;
  readonly digest: string | null;
  readonly rows: number | null;
  readonly shards: { readonly total: number; readonly hit: number; readonly ran: number };
  readonly attempts: number;
  readonly seconds: number | null;
  readonly cues: readonly Cue[];
  readonly message: string | null;
  readonly result: number | null;
  readonly requests: { readonly sent: number; readonly cached: number };
}

interface Row extends Omit<RunStepView, 'shards' | 'requests'> {
  readonly total: number;
  readonly hit: number;
  readonly done: number;
  readonly sent: number;
  readonly cached: number;
}

/** All steps of a run in the order they were planned, with live counts of shards and rows. */
export async function runSteps(database: Database, run: number): Promise<RunStepView[]> {
  const rows = await query<Row>(
    database,
    sql`select rs.step, rs.key, rs.action, result.digest, coalesce(result.rows, live.rows) as rows, rs.cues, rs.result,
          case when rs.action = 'running' and rs.wakes <= clock_timestamp() then null else rs.message end as message,
          coalesce(live.total, 0) as total, case when rs.action = 'hit' then coalesce(live.total, 0) else rs.shards_hit end as hit, coalesce(live.done, 0) as done,
          case when rs.action = 'hit' then 0 else coalesce(live.attempts, 0) end as attempts,
          extract(epoch from coalesce(rs.finished, clock_timestamp()) - rs.started)::float8 as seconds, asked.sent, asked.cached
        from store.run_step as rs
        left join store.result on result.id = rs.result
        left join lateral (
          select count(*)::int as total, count(*) filter (where state = 'done')::int as done, sum(shard.rows)::bigint as rows, coalesce(max(attempts) filter (where run is null or run = rs.run), 0)::int as attempts
          from store.result_shard join store.shard on shard.id = shard where result_shard.result = rs.result) as live on true
        left join lateral (
          select count(*) filter (where not cached)::int as sent, count(*) filter (where cached)::int as cached from store.request where request.run = rs.run and request.step = rs.step) as asked on true
        where rs.run = ${run} order by rs.started nulls last, rs.step`,
  );
  return rows.map(viewOf);
}

function viewOf({ total, hit, done, sent, cached, ...row }: Row): RunStepView {
  return { ...row, shards: { total, hit, ran: Math.max(0, done - hit) }, requests: { sent, cached } };
}
