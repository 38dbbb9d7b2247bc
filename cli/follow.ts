import { setTimeout as sleep } from 'node:timers/promises';
import { runSteps } from '../store/run-view';
import { readRunState, type RunState } from '../store/runs';
import { CommandError } from './failure';
import { onInterrupt } from './interrupt';
import { Progress } from './progress';
import { reviveWorkers } from './processes';
import type { LiveRun } from './run';
import type { StudySession } from './study-session';

const POLL_MS = 500;
/** How long after its connections an engine's death is told, at the most. */
const TELLING_MS = 2_000;

/** Shows a run until it ends, or, without patience, until all that is left waits for a person. Ctrl-C stops following, not the run's work: what is done is kept. @throws CommandError when an engine dies or on Ctrl-C */
export async function follow(session: StudySession, live: LiveRun, patient: boolean): Promise<RunState> {
  const stop = new AbortController();
  let reason: CommandError | null = null;
  const giveUp = (error: CommandError): void => {
    reason ??= error;
    stop.abort();
  };
  const interrupt = (): void => {
    giveUp(new CommandError('Interrupted. What is finished is kept: start the same command again to go on.', 130));
  };
  const release = onInterrupt(interrupt);
  reviveWorkers(session, (text) => {
    giveUp(new CommandError(text));
  });
  try {
    return await watch(session, live, { signal: stop.signal, patient });
  } catch (error) {
    // A dead engine is felt by a query before it is told: the telling says what to do.
    if (reason === null) await sleep(TELLING_MS);
    throw reason ?? lost(error);
  } finally {
    release();
  }
}

/** What broke the following: the run's work is not lost with it. */
function lost(error: unknown): unknown {
  if (error instanceof CommandError) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new CommandError(
    `Expected to follow the run to its end, got "${cause}". Start the same command again: what was finished is kept.`,
  );
}

async function watch(
  session: StudySession,
  live: LiveRun,
  { signal, patient }: { signal: AbortSignal; patient: boolean },
): Promise<RunState> {
  const progress = new Progress();
  if (live.attached) progress.skip(await runSteps(session.database, live.row.id));
  let ended = false;
  // The run's row tells how it ended; the workflow only that it did.
  const end = live.handle.result().then(
    () => (ended = true),
    () => (ended = true),
  );
  try {
    for (;;) {
      await Promise.race([sleep(POLL_MS, undefined, { signal }), end]);
      const last = ended;
      progress.show(await runSteps(session.database, live.row.id));
      const row = (await readRunState(session.database, live.row.id))!;
      if (row.finished !== null || (row.status === 'blocked' && !patient)) return row;
      if (last)
        throw new CommandError(
          `Expected run ${row.id} to be closed with its workflow, got it still ${row.status}: the workflow was ended from outside. Start the rebuild again; what was finished is kept.`,
        );
    }
  } finally {
    progress.clear();
  }
}
