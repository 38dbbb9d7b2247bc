import { studySchema } from '../config/study';
import { canonicalJson, type Json } from '../dag/canonical';
import { sha256 } from '../dag/digest';
import { runSteps } from '../store/run-view';
import { listRuns, readRun, type RunRow } from '../store/runs';
import { CommandError } from './failure';
import type { CommonOptions } from './options';
import { rebuildIn } from './rebuild';
import { openStudy, type StudySession } from './study-session';

const RESUMABLE = ['failed', 'cancelled', 'lost'];

/** `atlas resume [RUN]`: the same rebuild again, with the study as it was stored with the run. */
export async function run(options: CommonOptions, [id]: readonly (string | undefined)[]): Promise<number> {
  const session = await openStudy(options, { temporal: true, reading: true });
  try {
    const row = await chosen(session, id);
    const study = studySchema.parse(row.resolved);
    const loaded = { ...session.loaded, study, places: row.places, digest: sha256(canonicalJson(row.resolved as Json)) };
    const { offline } = row.options;
    // What was forced and is done stays done.
    const ran = new Set((await runSteps(session.database, row.id)).filter(({ action }) => action === 'ran').map(({ step }) => step));
    const force = row.options.force.filter((step) => !ran.has(step));
    return await rebuildIn({ ...session, loaded }, { ...options, force, offline, vintage: row.vintage }, `resume of run ${row.id}`);
  } finally {
    await session.close();
  }
}

async function chosen({ database, loaded }: StudySession, id: string | undefined): Promise<RunRow> {
  const { name } = loaded.study;
  if (id !== undefined && !/^\d{1,9}$/.test(id))
    throw new CommandError(`Expected the number of a run, got "${id}". atlas runs lists them.`, 2);
  const [newest] = await listRuns(database, name, 1);
  const row = await readRun(database, Number(id ?? newest?.id ?? 0));
  if (row == null || row.study !== name)
    throw new CommandError(`Expected a run of ${name} that ended early, got ${id ?? 'none'}. atlas runs lists them.`, 2);
  if (!RESUMABLE.includes(row.status))
    throw new CommandError(
      `Expected a run that failed, was cancelled or lost, got run ${row.id}, which is ${row.status}. Start a new one with atlas rebuild.`,
      2,
    );
  return row;
}
