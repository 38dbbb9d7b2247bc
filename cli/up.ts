import { print, type CommonOptions } from './options';
import { startWorkers, startWorld } from './processes';
import { renewSchedule } from './schedule';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas up`: everything of this home, until `atlas down`. */
export async function run(options: CommonOptions): Promise<number> {
  const session = await openStudy(options, { temporal: true });
  try {
    const services = await startWorld(session);
    await startWorkers(session);
    await renewSchedule(session, services);
    await session.stack?.stay();
    const processes = (await session.stack?.processes()) ?? [];
    const ui = session.temporal?.uiUrl ?? null;
    print(options, { home: session.settings.home, study: session.loaded.study.name, processes, temporalUi: ui }, () => [
      ...table(
        ['process', 'pid', 'address'],
        processes.map(({ name, pid, address }) => [name, String(pid), address]),
      ),
      '',
      `Temporal UI  ${ui ?? '–'}`,
      'atlas down stops them',
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
