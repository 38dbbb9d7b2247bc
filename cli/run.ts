import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { isBeginning, isDriven } from '../activities/engine/alive';
import { loadGraph, queuesOf } from '../activities/registry';
import { QUEUES, taskQueue } from '../config/queues';
import { canonicalJson, type Json } from '../dag/canonical';
import { activeRun, finishRun, startRun, type RunOptions, type RunRow, type RunState } from '../store/runs';
import type { rebuild } from '../workflows/rebuild';
import { CommandError } from './failure';
import { note } from './options';
import { startWorkflow } from './start-workflow';
import type { StudySession } from './study-session';
import { connectTemporal } from './temporal';

export interface LiveRun {
  readonly row: RunRow;
  readonly handle: WorkflowHandle<typeof rebuild>;
  readonly client: Client;
  readonly attached: boolean;
}

const POLL_MS = 500;

/**
 * Starts a rebuild, or finds the same one running. A run whose workflow is gone, or whose build has no worker any more, is marked lost
 * and started again: what it finished is found by key.
 * @throws CommandError (exit 2) when another rebuild of the study is running
 */
export async function startOrAttach(
  session: StudySession,
  wish: { vintage: string; options: RunOptions; trigger: string },
  prepare: (row: RunRow) => Promise<void>,
): Promise<LiveRun> {
  const client = await connectTemporal(session);
  if (session.stack === null) await requireWorker(client, session);
  const { study, places, digest } = session.loaded;
  const workflowId = `rebuild:${study.name}`;
  for (;;) {
    const row = await startRun(session.database, {
      study: study.name,
      studyDigest: digest,
      resolved: study as unknown as Json,
      places,
      ...wish,
      build: session.build,
      workflowId,
    });
    if (row !== null) return { row, client, attached: false, handle: await begin(client, session, row, prepare) };
    const active = await activeRun(session.database, study.name);
    if (active === null) continue;
    const handle = client.workflow.getHandle<typeof rebuild>(active.workflow_id, active.execution ?? undefined);
    const driven = await isDriven(client, active);
    if (!driven && isBeginning(active)) await sleep(POLL_MS);
    else if (!driven) await lose(session, active, 'its workflow is gone');
    else if (active.build !== session.build) await replace(session, active, handle);
    else if (sameRebuild(active, digest, wish)) {
      await prepare(active);
      return { row: active, client, attached: true, handle };
    } else
      throw new CommandError(
        `Expected no other rebuild of ${study.name}, got run ${active.id} in progress with another study, vintage or options. Wait for it (atlas status), or end it with atlas cancel.`,
        2,
      );
  }
}

/** Prepares and starts the workflow of a new run; a run that cannot begin is closed, so that it blocks no other. */
async function begin(
  client: Client,
  session: StudySession,
  row: RunRow,
  prepare: (row: RunRow) => Promise<void>,
): Promise<LiveRun['handle']> {
  try {
    await prepare(row);
    return await startWorkflow(client, session, row);
  } catch (error) {
    await finishRun(session.database, row.id, 'failed', `could not begin: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

/** Given engines have workers of their own: without one of this build a run would wait for ever. @throws CommandError (exit 2) */
export async function requireWorker(client: Client, { databaseId, build, temporal }: StudySession): Promise<void> {
  const used = queuesOf(loadGraph());
  for (const queue of QUEUES.filter((name) => used.has(name))) {
    const name = taskQueue(queue, databaseId, build);
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: temporal!.namespace,
      taskQueue: { name },
      taskQueueType: 2,
    });
    if ((pollers ?? []).length > 0) continue;
    throw new CommandError(
      `Expected a worker of build ${build} on queue ${queue}, got none polling ${name}. Start one beside the same database (atlas worker), or roll the workers you have to this build.`,
      2,
    );
  }
}

function sameRebuild(active: RunRow, digest: string, { vintage, options }: { vintage: string; options: RunOptions }): boolean {
  return active.study_digest === digest && active.vintage === vintage && canonicalJson(active.options) === canonicalJson(options);
}

/** Closes a run that nothing drives any more: its study is free again. */
export async function lose(session: StudySession, active: RunState, why: string): Promise<void> {
  note(`Run ${active.id} is lost: ${why}. Starting again from what it finished.`);
  await finishRun(session.database, active.id, 'lost', why);
}

/** A run of another build: its workers are gone, and ours do not take its tasks. */
async function replace(session: StudySession, active: RunRow, handle: WorkflowHandle): Promise<void> {
  if (session.stack === null) {
    throw new CommandError(
      `Expected run ${active.id} to be of build ${session.build}, got ${active.build}. Let it finish, or end it with atlas cancel; then start workers of this build (atlas worker).`,
      2,
    );
  }
  await handle.terminate(`build ${active.build} was replaced by ${session.build}`);
  await lose(session, active, `it was of build ${active.build}, this is ${session.build}`);
}
