import { sql } from '../dag/sql';
import { query, type Database } from './database';
import { DayBudgetSpent, RunBudgetSpent } from './errors';

/** What a study may spend at OpenAlex, in credits; null is no limit. */
export interface Budget {
  readonly perDay: number | null;
  readonly perRun: number | null;
}

export const NO_BUDGET: Budget = { perDay: null, perRun: null };

/** The purses that a request is paid from, in the order in which their rows are locked. */
export interface Purses {
  readonly scopes: readonly [day: string, run: string];
  readonly most: readonly [number | null, number | null];
}

const DAY_MS = 86_400_000;
const CHECK_VIOLATION = '23514';

/** The purses of a run at a moment. Days are UTC, as OpenAlex counts them. */
export function pursesOf(run: number | null, { perDay, perRun }: Budget, now: Date): Purses {
  return { scopes: [`day ${now.toISOString().slice(0, 10)}`, `run ${run ?? 'none'}`], most: [perDay, perRun] };
}

/** Whether a statement was refused because a purse would hold less than nothing. */
export function isOverspent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === CHECK_VIOLATION &&
    'constraint' in error &&
    error.constraint === 'within_budget'
  );
}

/** Which purse is too light for a price, as the error that a step ends or sleeps with. */
export async function overspent(database: Database, { scopes, most }: Purses, price: number, now: Date): Promise<Error> {
  const rows = await query<{ scope: string; credits: number }>(
    database,
    sql`select scope, credits from store.spending where scope = any(${scopes}::text[])`,
  );
  const spent = scopes.map((scope) => rows.find((row) => row.scope === scope)?.credits ?? 0);
  const [perDay, perRun] = most;
  if (perRun !== null && spent[1]! + price > perRun)
    return new RunBudgetSpent(
      `Expected to stay within ${perRun} credits a run, got ${spent[1]} spent and ${price} more asked for (budget.perRun of the study). Start the rebuild again to spend as much once more, or raise budget.perRun; what was paid for is archived and not paid again.`,
    );
  const midnight = new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS);
  return new DayBudgetSpent(
    `Expected to stay within ${perDay} credits a day, got ${spent[0]} spent and ${price} more asked for (budget.perDay of the study). The run goes on by itself after ${midnight.toISOString()}; raise budget.perDay and start again to go on at once.`,
    midnight,
  );
}

/** Puts right what a purse paid, when an answer cost another sum than the price list says. */
export async function correct(database: Database, { scopes }: Pick<Purses, 'scopes'>, credits: number): Promise<void> {
  // One row after the other in the order of all others, so that no two lock each other out. Without `most` the check lets it pass.
  await query(
    database,
    sql`insert into store.spending as spending (scope, credits) select scope, ${credits}::bigint from unnest(${scopes}::text[]) with ordinality as purse(scope, place) order by place
        on conflict (scope) do update set credits = greatest(spending.credits + excluded.credits, 0), most = null`,
  );
}

/** Credits a study spent in a UTC day, by its ledger; those of requests without an answer by their price. */
export async function spentOn(database: Database, day: Date): Promise<number> {
  const [row] = await query<{ credits: number }>(
    database,
    sql`select coalesce(max(credits), 0)::bigint as credits from store.spending where scope = ${`day ${day.toISOString().slice(0, 10)}`}`,
  );
  return row!.credits;
}
