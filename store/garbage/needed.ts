import type { PoolClient } from 'pg';
import { sql } from '../../dag/sql';
import { query, type Database } from '../database';
import type { RunStatus } from '../runs';

/** What a collection keeps. */
export interface Keep {
  /** Good runs of each study, the newest first; at least one, since the views show it. */
  readonly runs: number;
  /** Days for which a shard that no run points at may still be taken up. */
  readonly days: number;
  /** Runs given up by name: not kept for being among the newest. Never pinned or live ones. */
  readonly giveUp: readonly number[];
}

export interface KeptRun {
  readonly id: number;
  readonly study: string;
  readonly status: RunStatus;
  readonly because: 'pinned' | 'live' | 'newest' | 'last-partial' | 'last-failed';
}

/** Why each run of each study is kept: pinned, live, among the newest good ones, the last of selected steps, or the last that failed, whose work may be resumed. */
export async function keptRuns(database: Database | PoolClient, keep: Keep): Promise<KeptRun[]> {
  return query<KeptRun>(
    database,
    sql`with ranked as (
          select id, study, status, pinned, finished is null as live, status = 'done' and not partial as good,
            row_number() over (partition by study, status = 'done', partial, finished is null order by id desc) as nth
          from store.run where pinned or finished is null or not id = any(${keep.giveUp}::int[]))
        select id, study, status, case when pinned then 'pinned' when live then 'live' when good then 'newest' when status = 'done' then 'last-partial' else 'last-failed' end as because
        from ranked where pinned or live or (good and nth <= ${keep.runs}) or (not good and nth = 1) order by id`,
  );
}

export interface Unneeded {
  readonly step: string;
  readonly results: readonly number[];
  readonly shards: readonly number[];
  readonly rows: number;
  /** Own tables as they are on disk; of a shared table the part of its rows. */
  readonly bytes: number;
}

/** Results that no kept run points at, and shards that belong to no other result and were not touched lately, by step. */
export async function unneeded(database: Database | PoolClient, kept: readonly KeptRun[], days: number): Promise<Unneeded[]> {
  const runs = kept.map(({ id }) => id);
  return query<Unneeded>(
    database,
    sql`with free_result as (
          select id, step, sharded, relation from store.result
          where state <> 'collected' and not exists (select from store.run_step where result = store.result.id and run = any(${runs}::int[]))
            and not (state = 'building' and run = any(${runs}::int[]))),
        free_shard as (
          select shard.id, shard.step, shard.relation, shard.rows from store.shard
          where not exists (select from store.result_shard join store.result on result.id = result_shard.result
                            where result_shard.shard = shard.id and result.state <> 'collected' and result.id not in (select id from free_result))
            and (greatest(finished, lease_until) < now() - ${days}::float8 * interval '1 day' or relation in (select relation from free_result where not sharded))),
        size as (
          select relation, coalesce(pg_total_relation_size(to_regclass(relation)), 0) as bytes, sum(rows) as rows from store.shard
          where relation in (select relation from free_shard) group by relation)
        select step, coalesce(r.results, '{}') as results, coalesce(s.shards, '{}') as shards, coalesce(s.rows, 0)::bigint as rows, coalesce(s.bytes, 0)::bigint as bytes
        from (select step, array_agg(id order by id) as results from free_result group by step) as r
        full join (select step, array_agg(free_shard.id order by free_shard.id) as shards, sum(free_shard.rows) as rows,
                     sum(case when size.rows > 0 then size.bytes * free_shard.rows / size.rows else size.bytes end) as bytes
                   from free_shard join size using (relation) group by step) as s using (step)
        order by step`,
  );
}
