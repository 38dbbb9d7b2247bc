// The graph in this program: whole `atlas` processes against engines that are up.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { project } from './graph.mjs';
import { run } from './run.mjs';

const msOf = ({ seconds, nanos }) => Number(seconds) * 1_000 + nanos / 1e6;

const require = createRequire(import.meta.url);

/** Engines of a home of its own, up until `end`. */
export function openAtlas(home, study, steps) {
  const env = { ATLAS_STEPS: steps ?? '' };
  const atlas = (...args) =>
    run(process.execPath, [path.join(project, 'dist/cli/main.js'), ...args, '--study', study, '--home', home], { env });
  atlas('up');
  return {
    /** @returns seconds, tasks that ran (shards of all steps), and steps that ran */
    rebuild() {
      const { seconds, stdout } = atlas('rebuild', '--json');
      const { steps: all, status, run: id } = JSON.parse(stdout);
      if (status !== 'done') throw new Error(`Expected the rebuild to be done, got ${status}.`);
      return {
        id,
        seconds,
        ran: all.reduce((sum, { shards }) => sum + shards.ran, 0),
        steps: all.filter(({ action }) => action === 'ran').length,
      };
    },
    /** Resident memory of the workers, MiB. */
    async workerMemory() {
      const { peekStack } = require(path.join(project, 'dist/stack/session.js'));
      const workers = (await peekStack(home)).filter(({ role }) => role === 'worker');
      const kib = workers.map(({ pid }) => Number(run('ps', ['-o', 'rss=', '-p', String(pid)]).stdout));
      return Math.max(...kib) / 1024;
    },
    /** From the moment a step's one shard was asked for to its end, milliseconds; the shard itself does next to nothing. */
    async aloneMs({ address, namespace }, run, step) {
      const connection = await Connection.connect({ address });
      const handle = new Client({ connection, namespace }).workflow.getHandle(`rebuild:${path.basename(study, '.yaml')}/${run}/${step}`);
      const { events } = await handle.fetchHistory();
      await connection.close();
      const asked = events.find(({ activityTaskScheduledEventAttributes: of }) => of?.activityType.name === step);
      const ended = events.find(({ activityTaskCompletedEventAttributes: of }) => of?.scheduledEventId.eq(asked.eventId));
      return msOf(ended.eventTime) - msOf(asked.eventTime);
    },
    async url() {
      const { openStack } = require(path.join(project, 'dist/stack/session.js'));
      const session = await openStack(home, ['postgres', 'temporal']);
      const found = {
        database: await session.database(`atlas_${path.basename(study, '.yaml').replaceAll('-', '_')}`),
        ...session.temporal,
      };
      return { ...found, close: () => session.close() };
    },
    end() {
      run(process.execPath, [path.join(project, 'dist/cli/main.js'), 'down', '--home', home], { allow: [0, 1] });
      const { homeAt } = require(path.join(project, 'dist/stack/home.js'));
      for (const folder of [home, homeAt(home).outside]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
