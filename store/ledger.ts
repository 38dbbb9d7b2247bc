import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** Who asks: every ledger row names the run, step and shard it was sent for. */
export interface Asker {
  readonly run: number | null;
  readonly step: string | null;
  readonly shard: number | null;
}

export interface Intent {
  readonly service: string;
  readonly canonical: string;
  readonly requestDigest: string;
  readonly cached: boolean;
}

export interface Outcome {
  readonly status: number;
  readonly credits: number;
  readonly usd: number;
  readonly bytes: number;
  readonly rows: number | null;
  readonly error: string | null;
}

/** A row per request, written as intent before it is sent and completed after. */
export function createLedger(database: Database, asker: Asker) {
  return {
    async intent({ service, canonical, requestDigest, cached }: Intent): Promise<string> {
      const [row] = await query<{ id: number }>(
        database,
        sql`insert into store.request (run, step, shard, service, canonical, request_digest, cached)
            values (${asker.run}, ${asker.step}, ${asker.shard}, ${service}, ${canonical}, ${requestDigest}, ${cached}) returning id`,
      );
      return String(row!.id);
    },
    async complete(id: string, { status, credits, usd, bytes, rows, error }: Outcome): Promise<void> {
      await query(
        database,
        sql`update store.request set completed = clock_timestamp(), status = ${status}, credits = ${credits}, usd = ${usd}, bytes = ${bytes}, rows = ${rows}, error = ${error} where id = ${id}`,
      );
    },
  };
}

/** What the requests of a run have cost so far, US dollars. */
export async function costOf(database: Database, run: number): Promise<number> {
  const [row] = await query<{ usd: number }>(
    database,
    sql`select coalesce(sum(usd), 0)::float8 as usd from store.request where run = ${run} and not cached`,
  );
  return row!.usd;
}
