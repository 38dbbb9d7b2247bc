import { runSteps } from '../store/run-view';
import { readRun } from '../store/runs';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { stepCells, stepDocument, stepHeader } from './step-lines';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas show RUN` */
export async function run(options: CommonOptions, [id]: readonly [string]): Promise<number> {
  if (!/^\d{1,9}$/.test(id)) throw new CommandError(`Expected the number of a run, got "${id}". atlas runs lists them.`, 2);
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await readRun(session.database, Number(id));
    if (row === null)
      throw new CommandError(`Expected a run of ${session.loaded.study.name}, got ${id}, which is none. atlas runs lists them.`, 2);
    const views = await runSteps(session.database, row.id);
    const document = {
      run: row.id,
      study: row.study,
      vintage: row.vintage,
      started: row.started,
      finished: row.finished,
      status: row.status,
      trigger: row.trigger,
      message: row.message,
      steps: views.map(stepDocument),
    };
    print(options, document, () => [
      `run ${row.id} of ${row.study}, vintage ${row.vintage}: ${row.status}`,
      ...(row.message === null ? [] : [row.message]),
      '',
      ...table(stepHeader, views.map(stepCells)),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
