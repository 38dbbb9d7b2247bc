import type { WorkflowHandle } from '@temporalio/client';
import { activeRun, type RunRow } from '../store/runs';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { startWorkers } from './processes';
import { connectTemporal } from './run';
import { openStudy, type StudySession } from './study-session';

interface Asked {
  /** What the run is told. */
  readonly tell: (handle: WorkflowHandle) => Promise<unknown>;
  readonly said: (run: RunRow) => string;
  /** The state the run must be in; any live one when left out. */
  readonly from?: RunRow['status'];
}

/** Tells the live run of a study something. @throws CommandError (exit 2) when none is live */
export async function control(options: CommonOptions, { tell, said, from }: Asked): Promise<number> {
  const session = await openStudy(options, { temporal: true, reading: true });
  try {
    const run = await liveRun(session);
    if (from !== undefined && run.status !== from)
      throw new CommandError(`Expected run ${run.id} to be ${from}, got ${run.status}. atlas status tells how it stands.`, 2);
    const client = await connectTemporal(session);
    // A signal is heard by a worker; embedded ones may be asleep.
    await startWorkers(session);
    await tell(client.workflow.getHandle(run.workflow_id));
    print(options, { run: run.id, workflowId: run.workflow_id }, () => [said(run)]);
    return 0;
  } finally {
    await session.close();
  }
}

async function liveRun({ database, loaded }: StudySession): Promise<RunRow> {
  const run = await activeRun(database, loaded.study.name);
  if (run === null)
    throw new CommandError(
      `Expected a live run of ${loaded.study.name}, got none. atlas runs lists the ended ones; atlas rebuild starts one.`,
      2,
    );
  return run;
}
