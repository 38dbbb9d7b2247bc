import path from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker, type NativeConnectionOptions } from '@temporalio/worker';
import { Client } from '@temporalio/client';
import { buildId, loadCodes } from '../activities/codes';
import { isAlive } from '../activities/engine/alive';
import { engineActivities, stepActivities } from '../activities/engine';
import type { Engine } from '../activities/engine/context';
import { loadGraph, queuesOf } from '../activities/registry';
import { projectRoot } from '../config/project-root';
import { loadSettings } from '../config/settings';
import { temporalConnection } from '../config/temporal';
import { openDatabase } from '../store/database';
import { databaseId } from '../store/migrate';
import { parseQueues } from './arguments';
import { economise } from './economy';
import { SLOTS, taskQueue } from '../config/queues';

const CONNECT_TRIES = 20;
const CONNECTIONS = 24;

/** A worker process: polls the queues it was asked for until it is told to stop. */
async function main(): Promise<void> {
  economise();
  const queues = parseQueues(process.argv.slice(2));
  refuseOtherBuild(process.env['ATLAS_BUILD']);
  const settings = loadSettings({}, process.env, projectRoot());
  const { databaseUrl } = settings.secrets;
  if (databaseUrl === null || settings.temporal === null) {
    throw new Error('Expected ATLAS_DATABASE_URL and TEMPORAL_ADDRESS, got none. `atlas up` starts a worker with both.');
  }
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'], logger: new DefaultLogger('WARN') });
  const { connectionOptions, namespace } = temporalConnection(settings.temporal);
  const connection = await connect(connectionOptions);
  const database = openDatabase(databaseUrl, { max: CONNECTIONS });
  const client = new Client({ connection, namespace });
  const engine: Engine = { database, graph: loadGraph(), codes: loadCodes(), settings, alive: (row) => isAlive(client, row) };
  const id = await databaseId(database);
  const used = queues.filter((queue) => queuesOf(engine.graph).has(queue));
  const workers = await Promise.all(used.map((queue) => createWorker({ connection, namespace, engine, queue, id })));
  console.log(JSON.stringify({ ready: { address: connectionOptions.address, build: buildId(), queues } }));
  await Promise.all(workers.map((worker) => worker.run()));
  await connection.close();
  await database.pool.end();
}

/** A command names the build it plans with: a worker of another one would wait on queues that nobody fills. */
function refuseOtherBuild(asked: string | undefined): void {
  if (asked === undefined || asked === buildId()) return;
  throw new Error(
    `Expected a worker of build ${asked}, got ${buildId()}: the program was built anew while a command was at work. Start the command again.`,
  );
}

async function createWorker(parts: {
  connection: NativeConnection;
  namespace: string;
  engine: Engine;
  queue: string;
  id: string;
}): Promise<Worker> {
  const { connection, namespace, engine, queue, id } = parts;
  const light = queue === 'light';
  return Worker.create({
    connection,
    namespace,
    taskQueue: taskQueue(queue, id, buildId()),
    activities: { ...stepActivities(engine, queue), ...(light ? engineActivities(engine) : {}) } as Record<
      string,
      (...args: never[]) => Promise<unknown>
    >,
    ...(light ? { workflowBundle: { codePath: path.join(projectRoot(), 'dist', 'workflows', 'bundle.js') }, maxCachedWorkflows: 50 } : {}),
    maxConcurrentActivityTaskExecutions: SLOTS[queue]!,
    maxHeartbeatThrottleInterval: '2 seconds',
    shutdownGraceTime: '10s',
    shutdownForceTime: '20s',
  });
}

/** The SDK does not try a first connection again by itself. */
async function connect(options: NativeConnectionOptions & { address: string }): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      if (attempt >= CONNECT_TRIES)
        throw new Error(`Expected a Temporal server at ${options.address}, got ${String(error)}. Is it running?`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
