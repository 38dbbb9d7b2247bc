import { sql } from '../../dag/sql';
import { query, type Database } from '../database';

/** Steps of a run whose rows were collected; what they were made of and their digests are still known. */
export async function collectedSteps(database: Database, run: number): Promise<string[]> {
  const rows = await query<{ step: string }>(
    database,
    sql`select run_step.step from store.run_step join store.result on result.id = run_step.result where run_step.run = ${run} and state = 'collected' order by run_step.step`,
  );
  return rows.map(({ step }) => step);
}
