import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../config/project-root';
import { loadSettings } from '../config/settings';
import { openDatabase } from '../store/database';
import { migrate } from '../store/migrate';
import { CommandError } from './failure';
import { onInterrupt } from './interrupt';
import type { CommonOptions } from './options';

/** `atlas worker`: a worker for given engines, in the foreground. The embedded ones bring their own. */
export async function run(options: CommonOptions & { readonly queues?: string }): Promise<number> {
  const settings = loadSettings({ home: options.home, study: options.study });
  if (settings.engines !== 'given')
    throw new CommandError(
      'Expected ATLAS_DATABASE_URL and TEMPORAL_ADDRESS, got neither. The embedded engines start a worker by themselves (atlas up).',
      2,
    );
  await prepare(settings.secrets.databaseUrl!);
  const args = options.queues === undefined ? [] : ['--queues', options.queues];
  const child = spawn(process.execPath, [path.join(projectRoot(), 'dist', 'worker', 'main.js'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ATLAS_HOME: settings.home },
  });
  onInterrupt(() => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 130;
}

/** A worker may be the first to meet a new database. */
async function prepare(url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await migrate(database);
  } finally {
    await database.pool.end();
  }
}
