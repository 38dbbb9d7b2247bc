import { listRuns } from '../store/runs';
import { print, type CommonOptions } from './options';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas runs` */
export async function run(options: CommonOptions): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const rows = await listRuns(session.database, session.loaded.study.name);
    const document = rows.map(({ id, study, vintage, started, finished, status, trigger, message }) => ({
      run: id,
      study,
      vintage,
      started,
      finished,
      status,
      trigger,
      message,
    }));
    print(options, document, () =>
      rows.length === 0
        ? [`${session.loaded.study.name}: no run yet; start one with atlas rebuild`]
        : table(
            ['run', 'status', 'vintage', 'started', 'finished', 'trigger'],
            rows.map((row) => [
              String(row.id),
              row.status,
              row.vintage,
              row.started.toISOString(),
              row.finished?.toISOString() ?? null,
              row.trigger,
            ]),
          ),
    );
    return 0;
  } finally {
    await session.close();
  }
}
