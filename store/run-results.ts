import { sql } from '../dag/sql';
import { query, type Database } from './database';
import type { StepAction } from './runs';

/** What a step of a run points at. */
export interface RunResult {
  readonly step: string;
  readonly action: StepAction;
  readonly result: number | null;
  readonly digest: string | null;
  readonly rows: number | null;
}

/** All steps of a run with their results, without a look at shards: what the engine asks again and again. */
export async function runResults(database: Database, run: number): Promise<RunResult[]> {
  return query<RunResult>(
    database,
    sql`select run_step.step, action, result, digest, rows from store.run_step left join store.result on id = result where run_step.run = ${run}`,
  );
}
