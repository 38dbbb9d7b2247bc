import { pinRun } from '../store/runs';
import { print, type CommonOptions } from './options';
import { runOf } from './run-of';
import { openStudy } from './study-session';

/** `atlas pin RUN` */
export async function run(options: CommonOptions, [id]: readonly [string]): Promise<number> {
  return setPin(options, id, true);
}

export async function setPin(options: CommonOptions, id: string, pinned: boolean): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await runOf(session, id);
    await pinRun(session.database, row.id, pinned);
    print(options, { run: row.id, pinned }, () => [
      pinned ? `run ${row.id} is kept, whatever atlas gc is asked` : `run ${row.id} is no longer pinned`,
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
