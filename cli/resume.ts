import { studySchema } from '../config/study';
import { canonicalJson, type Json } from '../dag/canonical';
import { sha256 } from '../dag/digest';
import { runSteps } from '../store/run-view';
import { isAlive } from '../activities/engine/alive';
import { listRuns, readRun, type RunState } from '../store/runs';
import { CommandError } from './failure';
import type { CommonOptions } from './options';
import { rebuildIn } from './rebuild';
import { lose } from './run';
import { runOf } from './run-of';
import { openStudy, type StudySession } from './study-session';
import { connectTemporal } from './temporal';

const RESUMABLE = ['failed', 'cancelled', 'lost'];

/** `atlas resume [RUN]`: the same rebuild again, with the study as it was stored with the run. */
export async function run(options: CommonOptions, [id]: readonly (string | undefined)[]): Promise<number> {
  const session = await openStudy(options, { temporal: true, reading: true });
  try {
    const { id: chosenRun } = await chosen(session, id);
    const row = (await readRun(session.database, chosenRun))!;
    const study = studySchema.parse(row.resolved);
    const loaded = { ...session.loaded, study, places: row.places, digest: sha256(canonicalJson(row.resolved as Json)) };
    const { offline, scope } = row.options;
    // What was forced and is done stays done.
    const ran = new Set((await runSteps(session.database, row.id)).filter(({ action }) => action === 'ran').map(({ step }) => step));
    const force = row.options.force.filter((step) => !ran.has(step));
    // A world of our own is its own vintage, and is asked for none.
    const vintage = study.world.kind === 'real' ? row.vintage : undefined;
    return await rebuildIn({ ...session, loaded }, { ...options, force, offline, scope, vintage }, `resume of run ${row.id}`);
  } finally {
    await session.close();
  }
}

async function chosen(session: StudySession, id: string | undefined): Promise<RunState> {
  const row = await runOf(session, id ?? String(await lastRun(session)));
  if (row.finished === null) return lostRun(session, row);
  if (!RESUMABLE.includes(row.status))
    throw new CommandError(
      `Expected a run that failed, was cancelled or lost, got run ${row.id}, which is ${row.status}. Start a new one with atlas rebuild.`,
      2,
    );
  return row;
}

async function lastRun({ database, loaded }: StudySession): Promise<number> {
  const [row] = await listRuns(database, loaded.study.name, 1);
  if (row !== undefined) return row.id;
  throw new CommandError(`Expected a run of ${loaded.study.name} that ended early, got none yet. Start one with atlas rebuild.`, 2);
}

/** A live run is followed, not resumed, unless nothing drives it any more. */
async function lostRun(session: StudySession, row: RunState): Promise<RunState> {
  if (!(await isAlive(await connectTemporal(session), row))) {
    await lose(session, row, 'its workflow is gone');
    return row;
  }
  const advice =
    row.status === 'paused'
      ? 'atlas unpause lets it go on'
      : row.status === 'blocked'
        ? 'atlas unblock STEP lets it go on'
        : 'atlas rebuild follows it';
  throw new CommandError(`Expected a run that has ended, got run ${row.id}, which is ${row.status}: ${advice}.`, 2);
}
