import { peekStack } from '../stack/session';
import { runSteps } from '../store/run-view';
import { activeRun, listRuns } from '../store/runs';
import { print, type CommonOptions } from './options';
import { scheduleDocument, scheduleLine } from './schedule';
import { stepCells, stepDocument, stepHeader } from './step-lines';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas status`: the live run, or the last one, and the processes. */
export async function run(options: CommonOptions): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const { database, loaded, settings } = session;
    const row = (await activeRun(database, loaded.study.name)) ?? (await listRuns(database, loaded.study.name, 1))[0] ?? null;
    const views = row === null ? [] : await runSteps(database, row.id);
    const processes = session.stack === null ? [] : await peekStack(settings.home);
    const document = {
      home: settings.home,
      study: loaded.study.name,
      run: row?.id ?? null,
      status: row?.status ?? null,
      message: row?.message ?? null,
      steps: views.map(stepDocument),
      processes,
      schedule: await scheduleDocument(session),
    };
    print(options, document, () => [
      row === null
        ? `${loaded.study.name}: no run yet; start one with atlas rebuild`
        : `${loaded.study.name}, run ${row.id}: ${row.status}`,
      ...(row?.message == null || row.message === row.status ? [] : [row.message]),
      ...(document.schedule === null ? [] : [scheduleLine(document.schedule, document.study)]),
      ...(row === null ? [] : ['', ...table(stepHeader, views.map(stepCells))]),
      '',
      ...table(
        ['process', 'pid', 'address'],
        processes.map(({ name, pid, address }) => [name, String(pid), address]),
      ),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
