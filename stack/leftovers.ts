import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { poll } from './poll';
import { birthOf, processesWorkingIn, signal } from './process-identity';

/*
 * The list of what a keeper runs, kept on disk for the one case where nobody is left to clean up: keeper and guard killed together.
 * A pid alone proves nothing; pid and birth together do.
 */

const record = z.object({ name: z.string(), pid: z.number().int(), birth: z.string(), stopSignal: z.enum(['SIGINT', 'SIGTERM']) });
export type ProcessRecord = z.infer<typeof record>;

export function writeRecords(file: string, records: readonly ProcessRecord[]): void {
  writeFileSync(`${file}.new`, JSON.stringify(records), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readRecords(file: string): ProcessRecord[] {
  try {
    return z.array(record).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return []; // none yet, or cut off by a full disk: Postgres is found by its data folder, the rest was the guard's to end
  }
}

const isAlive = ({ pid, birth }: { pid: number; birth: string }): boolean => birthOf(pid) === birth;

/** Ends one process: its stop signal, then SIGKILL once `graceMs` have passed. Returns when it is gone. */
export async function endProcess(one: Omit<ProcessRecord, 'name'>, graceMs: number): Promise<void> {
  if (!isAlive(one)) return;
  signal(one.pid, one.stopSignal);
  const gone = await poll(() => (isAlive(one) ? null : true), graceMs);
  if (gone) return;
  signal(one.pid, 'SIGKILL');
  await poll(() => (isAlive(one) ? null : true), 5_000);
}

const GRACE_MS = 5_000;

/** Ends what a dead keeper left running. Returns the names of what was found alive. */
export async function endLeftovers(file: string): Promise<string[]> {
  const alive = readRecords(file).filter(isAlive);
  await Promise.all(alive.map((one) => endProcess(one, GRACE_MS)));
  return alive.map(({ name }) => name);
}

/** Ends every Postgres process of a data folder, whoever started it: postmaster first, then backends it left in mid-query. */
export async function endOrphansIn(dataDir: string): Promise<number> {
  const orphans = processesWorkingIn(dataDir);
  for (const stopSignal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const alive = processesWorkingIn(dataDir);
    if (alive.length === 0) break;
    // A backend takes SIGINT as "cancel the query" and SIGQUIT as "leave at once"; a postmaster takes both as shutdowns.
    for (const pid of alive) signal(pid, stopSignal);
    await poll(() => (processesWorkingIn(dataDir).length === 0 ? true : null), stopSignal === 'SIGINT' ? 3_000 : 2_000);
  }
  return orphans.length;
}
