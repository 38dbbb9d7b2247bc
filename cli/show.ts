import { runSteps } from '../store/run-view';
import { print, type CommonOptions } from './options';
import { runOf } from './run-of';
import { stepCells, stepDocument, stepHeader } from './step-lines';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas show RUN` */
export async function run(options: CommonOptions, [id]: readonly [string]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await runOf(session, id);
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
