import { collectedSteps } from '../store/garbage/kept-rows';
import { listRuns, readRunState, type RunState } from '../store/runs';
import { CommandError } from './failure';
import type { StudySession } from './study-session';

/**
 * The run of this study with that number.
 * @throws CommandError (exit 2) naming the newest run of the study
 */
export async function runOf({ database, loaded }: StudySession, asked: string): Promise<RunState> {
  const row = /^\d{1,9}$/.test(asked) ? await readRunState(database, Number(asked)) : null;
  if (row !== null && row.study === loaded.study.name) return row;
  const [newest] = await listRuns(database, loaded.study.name, 1);
  const whose = row === null ? '' : `, a run of ${row.study}`;
  const advice =
    newest === undefined ? 'It has none yet; start one with atlas rebuild.' : `Its newest is ${newest.id}; atlas runs lists them.`;
  throw new CommandError(`Expected a run of ${loaded.study.name}, got "${asked}"${whose}. ${advice}`, 2);
}

/** @throws CommandError (exit 2) when gc has freed rows of the run */
export async function requireRows({ database }: StudySession, { id }: RunState): Promise<void> {
  const [first, ...others] = await collectedSteps(database, id);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} other steps`;
  throw new CommandError(
    `Expected the rows of run ${id}, got none for ${first}${more}: atlas gc has freed them. Take a newer run (atlas runs), or rebuild: the archive keeps what the services answered.`,
    2,
  );
}
