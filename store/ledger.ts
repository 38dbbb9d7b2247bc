import { sql } from '../dag/sql';
import { correct, isOverspent, NO_BUDGET, overspent, pursesOf, type Budget, type Purses } from './budget';
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
  /** Credits it will cost by the price list. */
  readonly price: number;
}

export interface Outcome {
  readonly status: number;
  /** Null when no answer told: the price then stands for it. */
  readonly credits: number | null;
  readonly usd: number | null;
  readonly bytes: number;
  readonly rows: number | null;
  readonly error: string | null;
}

export interface LedgerRules {
  readonly budget?: Budget;
  readonly now?: () => Date;
}

/** A row per request, written as intent before it is sent and completed after. Nothing is sent that the budget does not hold. */
export function createLedger(database: Database, asker: Asker, { budget = NO_BUDGET, now = () => new Date() }: LedgerRules = {}) {
  const paid = new Map<string, { price: number; purses: Purses }>();
  return {
    /** @throws DayBudgetSpent, RunBudgetSpent */
    async intent(intent: Intent): Promise<string> {
      const at = now();
      const purses = pursesOf(asker.run, budget, at);
      try {
        const id = await insert(database, asker, intent, purses);
        if (intent.price > 0) paid.set(id, { price: intent.price, purses });
        return id;
      } catch (error) {
        throw isOverspent(error) ? await overspent(database, purses, intent.price, at) : error;
      }
    },
    async complete(id: string, { status, credits, usd, bytes, rows, error }: Outcome): Promise<void> {
      const { price, purses } = paid.get(id) ?? { price: 0, purses: pursesOf(asker.run, budget, now()) };
      paid.delete(id);
      if (credits !== null && credits !== price) await correct(database, purses, credits - price);
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
    sql`select round(coalesce(sum(usd), 0)::numeric, 6)::float8 as usd from store.request where run = ${run} and not cached`,
  );
  return row!.usd;
}

/** Takes the price out of the purses and writes the row, or does neither. */
async function insert(database: Database, asker: Asker, intent: Intent, { scopes, most }: Purses): Promise<string> {
  const { service, canonical, requestDigest, cached, price } = intent;
  const [row] = await query<{ id: number }>(
    database,
    sql`with paid as (
          insert into store.spending as spending (scope, credits, most)
          select scope, ${price}::bigint, most from unnest(${scopes}::text[], ${most}::bigint[]) with ordinality as purse(scope, most, place) where ${price}::int > 0 order by place
          on conflict (scope) do update set credits = spending.credits + excluded.credits, most = excluded.most
          returning scope)
        insert into store.request (run, step, shard, service, canonical, request_digest, cached, price)
        values (${asker.run}, ${asker.step}, ${asker.shard}, ${service}, ${canonical}, ${requestDigest}, ${cached}, ${price}) returning id`,
  );
  return String(row!.id);
}
