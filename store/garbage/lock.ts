import type { PoolClient } from 'pg';
import { transaction, type Database } from '../database';

const RESULTS_LOCK = 7_527_2025;

/** Keeps what the work finds from being collected until it has pointed its run at it. Many may hold at once. */
export async function whileNothingIsCollected<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return transaction(database, async (client) => {
    await holdResults(client);
    return work();
  });
}

/** The same for a transaction that is open already; ends with it. */
export async function holdResults(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock_shared($1)', [RESULTS_LOCK]);
}

/** Waits until nobody holds results, and keeps others waiting until the transaction ends. */
export async function takeResults(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [RESULTS_LOCK]);
}
