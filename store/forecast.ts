import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** What a step cost when it ran last: the basis of a forecast. */
export interface Forecast {
  readonly requests: number;
  readonly credits: number;
  readonly usd: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Shards that the figures stand for. */
  readonly shards: number;
}

/** The last recorded cost of each step, all its shards together. */
export async function forecasts(database: Database): Promise<Map<string, Forecast>> {
  const rows = await query<Forecast & { step: string }>(
    database,
    sql`with last as (select distinct on (step) step, run, id from store.result where state <> 'building' order by step, sealed desc)
        select last.step, coalesce(r.requests, 0) as requests, coalesce(r.credits, 0) as credits, coalesce(r.usd, 0) as usd, coalesce(r.bytes, 0) as bytes,
          coalesce(s.seconds, 0) as seconds, coalesce(s.shards, 0) as shards
        from last
        left join lateral (select count(*)::int as requests, sum(credits)::int as credits, sum(usd) as usd, sum(bytes)::bigint as bytes from store.request where request.run = last.run and request.step = last.step and not cached) as r on true
        left join lateral (select sum(shard.seconds) as seconds, count(*)::int as shards from store.result_shard join store.shard on shard.id = shard where result = last.id) as s on true`,
  );
  return new Map(rows.map(({ step, ...forecast }) => [step, forecast]));
}
