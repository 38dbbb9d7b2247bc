import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import type { AnyStep } from '../../dag/step';
import { claimShard, freeShard, openShards, renewLease, type ShardRow } from '../../store/shards';
import { isPaused } from '../../store/runs';
import { openRun, type Engine } from './context';
import { failureOf, heldBy } from './failure';
import { inputTables, runShard } from './shard';
import type { GroupDone, GroupTask } from './types';

/** A killed worker's shard is free again after this; renewed with each heartbeat. */
export const LEASE_MS = 20_000;
const BEAT_MS = 2_000;

/** The activity of a step: works through the open shards of a group, one after the other. */
export function stepActivity(engine: Engine, step: AnyStep) {
  return async (task: GroupTask): Promise<GroupDone> => {
    try {
      return await workThrough(engine, step, task);
    } catch (error) {
      throw failureOf(error, activityInfo().attempt);
    }
  };
}

async function workThrough(engine: Engine, step: AnyStep, task: GroupTask): Promise<GroupDone> {
  heartbeat('claim');
  const opened = await openRun(engine, task.run);
  const shards = await openShards(engine.database, task.result, task);
  const inputs = await inputTables(engine, step, task.run);
  let rows = 0;
  for (const [done, shard] of shards.entries()) {
    if (cancellationSignal().aborted) throw new CancelledFailure('cancelled between shards');
    if (await isPaused(engine.database, task.run)) return { shards: done, rows, left: true };
    rows += await workOn(engine, { step, task, shard, opened, inputs });
  }
  return { shards: shards.length, rows, left: false };
}

interface Work {
  readonly step: AnyStep;
  readonly task: GroupTask;
  readonly shard: ShardRow;
  readonly opened: Awaited<ReturnType<typeof openRun>>;
  readonly inputs: Awaited<ReturnType<typeof inputTables>>;
}

async function workOn(engine: Engine, work: Work): Promise<number> {
  const { shard } = work;
  const claim = await claimShard(engine.database, shard.id, ownerOf(), LEASE_MS);
  if (claim === null) {
    const still = await openShards(engine.database, work.task.result, work.task);
    if (!still.some(({ id }) => id === shard.id)) return 0;
    throw ApplicationFailure.create({
      type: 'ShardBusy',
      message: `${shard.task.name} is held by another attempt`,
      nextRetryDelay: '5s',
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  const live = { note: shard.task.name };
  const beat = setInterval(() => {
    heartbeat(live.note);
    void renewLease(engine.database, shard.id, claim.fence, LEASE_MS).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await runShard(engine, {
      ...work,
      claim,
      tell: (note) => (live.note = `${shard.task.name}: ${note}`),
      signal: cancellationSignal(),
    });
  } catch (error) {
    clearInterval(beat);
    // Whoever goes on with it then need not wait for the lease to run out.
    if (heldBy(error) !== null) await freeShard(engine.database, shard.id, claim.fence);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

/** Equal across retries of one activity execution: a retry takes its own shards over at once, another run waits for the lease. */
function ownerOf(): string {
  const { namespace, workflowExecution, activityId } = activityInfo();
  return [namespace, workflowExecution?.workflowId, workflowExecution?.runId, activityId].join('/');
}
