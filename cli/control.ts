import { WorkflowUpdateFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBeginning, isDriven } from '../activities/engine/alive';
import { activeRun, type RunRow } from '../store/runs';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { startWorkers } from './processes';
import { lose } from './run';
import { openStudy, type StudySession } from './study-session';
import { connectTemporal } from './temporal';

/** An update is answered by a worker; one that is away answers never. */
const ANSWER_MS = 60_000;
const POLL_MS = 200;

interface Asked {
  /** What the run is told. */
  readonly tell: (handle: WorkflowHandle) => Promise<unknown>;
  readonly said: (run: RunRow) => string;
  /** Refuses a run in the wrong state, with what to do. Any live one will do when left out. */
  readonly check?: (run: RunRow, session: StudySession) => Promise<void> | void;
}

/** Tells the live run of a study something. @throws CommandError (exit 2) when none is live, or not so that it could be told */
export async function control(options: CommonOptions, { tell, said, check }: Asked): Promise<number> {
  const session = await openStudy(options, { temporal: true, reading: true });
  try {
    const client = await connectTemporal(session);
    const run = await liveRun(session, client);
    await check?.(run, session);
    // A worker hears it; embedded ones may be asleep.
    await startWorkers(session);
    await client.withDeadline(Date.now() + ANSWER_MS, () => tell(client.workflow.getHandle(run.workflow_id))).catch(refused);
    print(options, { run: run.id, workflowId: run.workflow_id }, () => [said(run)]);
    return 0;
  } finally {
    await session.close();
  }
}

/** A run that has only just been recorded gets its workflow within seconds: what it is to be told waits for that. */
async function liveRun(session: StudySession, client: Client): Promise<RunRow> {
  const { name } = session.loaded.study;
  const run = await activeRun(session.database, name);
  if (run === null)
    throw new CommandError(`Expected a live run of ${name}, got none. atlas runs lists the ended ones; atlas rebuild starts one.`, 2);
  if (await isDriven(client, run)) return run;
  if (isBeginning(run)) {
    await sleep(POLL_MS);
    return liveRun(session, client);
  }
  await lose(session, run, 'its workflow is gone');
  throw new CommandError(
    `Expected a live run of ${name}, got run ${run.id}, which is lost. atlas resume ${run.id} goes on from what it finished.`,
    2,
  );
}

/** A validator of the workflow said no: somebody else was quicker. */
function refused(error: unknown): never {
  if (error instanceof WorkflowUpdateFailedError) throw new CommandError(error.cause?.message ?? error.message, 2);
  throw error;
}
