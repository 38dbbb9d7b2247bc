import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { loadGraph, queuesOf } from '../activities/registry';
import type { Study } from '../config/study';
import { QUEUES, taskQueue } from '../config/queues';
import { canonicalJson, type Json } from '../dag/canonical';
import { activeRun, finishRun, startRun, type RunOptions, type RunRow } from '../store/runs';
import type { rebuild } from '../workflows/rebuild';
import { CommandError } from './failure';
import { note } from './options';
import type { StudySession } from './study-session';

export interface LiveRun {
  readonly row: RunRow;
  readonly handle: WorkflowHandle<typeof rebuild>;
  readonly client: Client;
  readonly attached: boolean;
}

/** Between its row and its workflow a run starts its world and its workers: so long it is not taken for lost. */
const BEGINNING_MS = 30_000;
const POLL_MS = 500;

const STUDY = defineSearchAttributeKey('AtlasStudy', 'KEYWORD');
const TRIGGER = defineSearchAttributeKey('AtlasTrigger', 'KEYWORD');
const RUN = defineSearchAttributeKey('AtlasRun', 'INT');

export async function connectTemporal({ temporal }: StudySession): Promise<Client> {
  const { address, connection: options, namespace } = temporal!;
  const connection = await Connection.connect({ ...options, connectTimeout: '3s' }).catch((error: unknown) => {
    throw new CommandError(
      `Expected a Temporal server at ${address}, got "${String(error)}". Correct TEMPORAL_ADDRESS, or unset it to use the embedded engine.`,
      2,
    );
  });
  return new Client({ connection, namespace });
}

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
    const handle = client.workflow.getHandle<typeof rebuild>(active.workflow_id);
    const alive = await isAlive(handle, active);
    if (!alive && Date.now() - active.started.getTime() < BEGINNING_MS) await sleep(POLL_MS);
    else if (!alive) await lose(session, active, 'its workflow is gone');
    else if (active.build !== session.build) await replace(session, active, handle);
    else if (sameRebuild(active, digest, wish)) {
      await prepare(active);
      return { row: active, client, attached: true, handle };
    } else
      throw new CommandError(
        `Expected no other rebuild of ${study.name}, got run ${active.id} in progress with another study, vintage or options. Wait for it (atlas status), or cancel it in the Temporal UI.`,
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
async function requireWorker(client: Client, { databaseId, build, temporal }: StudySession): Promise<void> {
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

async function startWorkflow(client: Client, session: StudySession, row: RunRow): Promise<WorkflowHandle<typeof rebuild>> {
  const { study } = session.loaded;
  const queues = Object.fromEntries(QUEUES.map((queue) => [queue, taskQueue(queue, session.databaseId, session.build)]));
  const begin = (): Promise<WorkflowHandle<typeof rebuild>> =>
    client.workflow.start<typeof rebuild>('rebuild', {
      workflowId: row.workflow_id,
      taskQueue: queues['light']!,
      args: [{ run: row.id, queues }],
      memo: { run: row.id },
      staticSummary: `${study.name}, run ${row.id}`,
      staticDetails: detailsOf(study, row),
      ...(session.stack === null
        ? {}
        : {
            typedSearchAttributes: [
              { key: STUDY, value: study.name },
              { key: TRIGGER, value: row.trigger },
              { key: RUN, value: row.id },
            ],
          }),
    });
  return begin().catch(async (error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // The database says that no run is active: what is left there belongs to none.
    await client.workflow.getHandle(row.workflow_id).terminate('its run is not active any more');
    return begin();
  });
}

/** The title page of the run in the Temporal UI. */
function detailsOf(study: Study, row: RunRow): string {
  const lines = [
    `**${study.title}**`,
    '',
    '| | |',
    '|---|---|',
    `| run | ${row.id} |`,
    `| years | ${study.years.join('–')} |`,
    `| vintage | ${row.vintage} |`,
  ];
  return [
    ...lines,
    `| keywords | ${study.keywords.entries.length} (${study.keywords.list}, ${study.keywords.end}) |`,
    `| PubMed routes | ${study.pubmed.routes.join(', ')} |`,
    `| trigger | ${row.trigger} |`,
  ].join('\n');
}

async function isAlive(handle: WorkflowHandle, active: RunRow): Promise<boolean> {
  try {
    const { status, memo } = await handle.describe();
    return status.name === 'RUNNING' && memo?.['run'] === active.id;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function lose(session: StudySession, active: RunRow, why: string): Promise<void> {
  note(`Run ${active.id} is lost: ${why}. Starting again from what it finished.`);
  await finishRun(session.database, active.id, 'lost', why);
}

/** A run of another build: its workers are gone, and ours do not take its tasks. */
async function replace(session: StudySession, active: RunRow, handle: WorkflowHandle): Promise<void> {
  if (session.stack === null) {
    throw new CommandError(
      `Expected run ${active.id} to be of build ${session.build}, got ${active.build}. Let it finish, or cancel it in the Temporal UI; then start workers of this build (atlas worker).`,
      2,
    );
  }
  await handle.terminate(`build ${active.build} was replaced by ${session.build}`);
  await lose(session, active, `it was of build ${active.build}, this is ${session.build}`);
}
