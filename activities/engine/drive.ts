import { ApplicationFailure } from '@temporalio/common';
import { buildId } from '../codes';
import {
  activeRun,
  driveRun,
  finishRun,
  listRuns,
  readRun,
  readRunState,
  setServices,
  startRun,
  type NewRun,
  type RunRow,
  type RunState,
} from '../../store/runs';
import { readSchedule } from '../../store/schedules';
import type { Engine } from './context';
import type { RunWish } from './types';
import { vintageAt } from './vintage';

/** Which workflow execution asks. */
interface Asking {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * The run that the asking workflow drives. Whoever started it (a command, a schedule, a person in the Temporal UI), one workflow
 * drives a run and one run of a study is live: the database decides. A run that is over is not gone through again; a new one with
 * the same study and options takes its place.
 * @throws ApplicationFailure `RebuildInProgress`, `RunIsOver`, `NoSuchRebuild`
 */
export async function drivenRun(engine: Engine, wish: RunWish, by: Asking): Promise<number> {
  const row = wish.run === undefined ? null : await readRunState(engine.database, wish.run);
  if (row !== null && row.execution === by.runId) {
    if (row.finished === null) return row.id;
    throw runIsOver(row);
  }
  if (row !== null && row.finished === null) return takeOver(engine, row, by);
  return begin(engine, row === null ? await scheduled(engine, wish) : await sameAgain(engine, row.id), by);
}

async function takeOver(engine: Engine, row: RunState, by: Asking): Promise<number> {
  const free = row.execution === null || !(await engine.alive(row));
  const driver = { workflowId: by.workflowId, execution: by.runId, instead: row.execution };
  if (free && (await driveRun(engine.database, row.id, driver))) return row.id;
  throw inProgress(row);
}

type NextRun = Omit<NewRun, 'workflowId' | 'execution' | 'build'> & { readonly services: RunRow['services'] };

/** Records a new run and drives it. A live one whose workflow is gone is lost, and frees its study. */
async function begin({ database, alive }: Engine, { services, ...run }: NextRun, by: Asking): Promise<number> {
  const made = { ...run, build: buildId(), workflowId: by.workflowId, execution: by.runId };
  for (;;) {
    const row = await startRun(database, made);
    const active = row ?? (await activeRun(database, run.study));
    if (active?.execution === by.runId) {
      if (services !== null) await setServices(database, active.id, services);
      return active.id;
    }
    if (active === null) continue;
    if (await alive(active)) throw inProgress(active);
    await finishRun(database, active.id, 'lost', 'its workflow is gone');
  }
}

async function scheduled(engine: Engine, wish: RunWish): Promise<NextRun> {
  const { database } = engine;
  const plan = wish.study === undefined ? null : await readSchedule(database, wish.study);
  if (plan !== null) {
    const { study, study_digest: studyDigest, resolved, places, services, offline } = plan;
    const vintage = vintageAt(plan.vintage, new Date());
    return { study, studyDigest, resolved, places, services, vintage, options: { force: [], offline }, trigger: 'schedule' };
  }
  const last = wish.study === undefined ? null : ((await listRuns(database, wish.study, 1))[0] ?? null);
  if (last !== null) return sameAgain(engine, last.id);
  throw ApplicationFailure.nonRetryable(
    `Expected as input the study of a schedule or of an earlier run, such as {"study": "demo"}, got ${JSON.stringify(wish)}. Start the first rebuild of a study with atlas rebuild.`,
    'NoSuchRebuild',
  );
}

async function sameAgain({ database }: Engine, id: number): Promise<NextRun> {
  const { study, study_digest: studyDigest, resolved, places, services, vintage, options } = (await readRun(database, id))!;
  return { study, studyDigest, resolved, places, services, vintage, options, trigger: `again, like run ${id}` };
}

function inProgress({ id, study, workflow_id: workflowId }: RunState): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Expected no other rebuild of ${study}, got run ${id} in progress (workflow ${workflowId}). Follow that one, or cancel it first.`,
    'RebuildInProgress',
  );
}

/** A run was closed behind the back of its workflow, or a step of a closed run was started by hand. */
export function runIsOver({ id, status }: RunState): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Expected a live run, got run ${id}, which is ${status}. Start the rebuild again: what was finished is kept.`,
    'RunIsOver',
  );
}
