import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

/** What a thread may hold. Scanning takes a tenth; a hostile file must not take the machine. */
const MOST_MIB = 512;
const IDLE_MS = 5_000;

let pool: Piscina | null = null;

/**
 * Runs a function of a module in a thread, one thread per core, so that reading a file keeps neither heartbeats nor other work waiting.
 * Whoever calls imports the module too: what runs in the thread is then part of the step's code. Aborting ends the thread.
 */
export async function inThread<Task, Result>(
  { filename, run }: { filename: string; run: (task: Task) => Promise<Result> },
  task: Task,
  signal: AbortSignal,
): Promise<Result> {
  pool ??= new Piscina({
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MIB },
  });
  try {
    return (await pool.run(task, { filename, name: run.name, signal })) as Result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
