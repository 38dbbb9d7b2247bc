import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../stack/ports';
import { poll } from '../../stack/poll';
import { findTemporal } from '../../stack/temporal/find';
import { projectRoot } from '../../stack/project-root';
import { query } from '../../store/database';
import { json, TestHome, type Rebuilt } from '../atlas';
import { TestPostgres } from '../postgres';
import { OwnSteps } from './own-steps';

jest.setTimeout(180_000);

/** A server that suggests a new history early: the default is 4,096 events. */
const EVENTS = 30;
/** More groups than a step keeps in flight, so that some are left when the suggestion comes. */
const SHARDS = 1_500;

const home = new TestHome();
const children: ChildProcess[] = [];
let postgres: TestPostgres;
afterAll(async () => {
  for (const child of children.reverse()) {
    const gone = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
  }
  await postgres.close();
  await home.end();
});

function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function startTemporal(): Promise<string> {
  const binary = await findTemporal(() => undefined);
  const port = await freePort();
  const limit = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${EVENTS}`];
  start(binary.path, ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error', ...limit]);
  const address = `127.0.0.1:${port}`;
  const answers = async (): Promise<true | null> => {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 }).catch(() => null);
    if (connection === null) return null;
    return connection.workflowService
      .describeNamespace({ namespace: 'default' })
      .then(
        () => true as const,
        () => null,
      )
      .finally(() => connection.close());
  };
  if ((await poll(answers, 60_000)) === null) throw new Error(`Expected a Temporal server at ${address}, got none.`);
  return address;
}

async function startWorker(env: Readonly<Record<string, string>>): Promise<void> {
  const worker = start(process.execPath, [path.join(projectRoot(), 'dist', 'worker', 'main.js')], env);
  for await (const chunk of worker.stdout!) if (String(chunk).includes('"ready"')) return;
  throw new Error('Expected the worker to be ready, got its end.');
}

test('a step whose history grows long goes on in a new one: each shard once, sealed once', async () => {
  postgres = await TestPostgres.start();
  const database = await postgres.database();
  const steps = new OwnSteps(home.top);
  const output = "output: { n: ['integer', 'a number'] }";
  steps.put(
    'sample/many',
    [],
    `${output}, shards: () => each(Array.from({ length: ${SHARDS} }, (_, n) => n)), async run({ shard, write }) { write([{ n: Number(shard.name) }]); }`,
  );
  steps.print();
  const address = await startTemporal();
  const env = { ATLAS_DATABASE_URL: database.url, TEMPORAL_ADDRESS: address, ATLAS_STEPS: steps.folder, ATLAS_HOME: home.dir };
  await startWorker(env);
  const study = home.study(
    'long',
    'extends: ai-life-science\nconferences: { on: false }\nrank: { whenMissing: without, core: [] }\npubmed: { routes: [files], files: ["package.json"] }\n'.replace(
      'package.json',
      path.join(projectRoot(), 'package.json'),
    ),
  );

  const answer = await home.run(['rebuild', '--study', study, '--json'], { env });
  expect(answer).toMatchObject({ code: 0 });
  const { run, workflowId } = json<Rebuilt>(answer);

  const connection = await Connection.connect({ address });
  const { raw } = await new Client({ connection }).workflow.getHandle(`${workflowId}/${run}/sample/many`).describe();
  const info = raw.workflowExecutionInfo!;
  expect(info.firstRunId).toMatch(/^[0-9a-f-]{36}$/);
  expect(info.firstRunId).not.toBe(info.execution!.runId);
  await connection.close();
  const [rows] = await query(database, {
    text: `select count(*)::int as rows, count(distinct n)::int as values from run_${run}.sample_many`,
    values: [],
  });
  expect(rows).toEqual({ rows: SHARDS, values: SHARDS });
  const sealed = await query(database, { text: "select id from store.result where step = 'sample/many'", values: [] });
  expect(sealed).toHaveLength(1);
});
