import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { Child, Children } from '../children';
import { StackError, messageOf } from '../errors';
import { logFile, temporalDatabase, type Home } from '../home';
import { poll } from '../poll';
import { freePort, isPortTaken, onFreePort } from '../ports';
import type { SearchAttributes } from '../protocol';
import { registerAttributes } from './attributes';
import { findTemporal, type TemporalBinary } from './find';

export const NAMESPACE = 'research-atlas';
const RETENTION = '30 days';
const READY_MS = 60_000;
const STOP_MS = 10_000;
const run = promisify(execFile);

export interface RunningTemporal {
  child: Child;
  address: string;
  uiUrl: string;
  namespace: string;
}

/** Without the caller's TEMPORAL_*: an address or profile meant for another server must not reach this one. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/**
 * With a write-ahead log each of the many small writes of a history waits for the disk no more; what a killed server has written stays
 * written. Only a machine that loses power may lose the last moments, and those are in Postgres. The one history shard of this server
 * looks for tasks to hand out 20 times a second by default, which made every step and activity wait some 50 ms.
 */
const WISHES = [
  ['--ui-disable-news-fetch'],
  ['--sqlite-pragma', 'journal_mode=wal'],
  ['--sqlite-pragma', 'synchronous=normal'],
  ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'],
];

/** Older versions within the range lack some flags, and refuse what they do not know. */
async function optionalFlags(binary: string): Promise<string[]> {
  const { stdout } = await run(binary, ['server', 'start-dev', '--help'], { timeout: 20_000 });
  return WISHES.filter(([flag]) => stdout.includes(flag!)).flat();
}

async function uiAnswers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status < 500;
}

async function connect(address: string): Promise<Connection> {
  return Connection.connect({ address, connectTimeout: 2_000 });
}

async function withConnection<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect(address);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Healthy: the namespace is there over gRPC, and the UI answers over HTTP. */
async function answers(address: string, uiUrl: string): Promise<true | null> {
  try {
    if (!(await uiAnswers(uiUrl))) return null;
    await withConnection(address, ({ workflowService }) => workflowService.describeNamespace({ namespace: NAMESPACE }));
    return true;
  } catch {
    return null;
  }
}

function failure(child: Child, database: string): StackError {
  const log = child.logTail();
  const reason = child.ended ?? `no answer within ${READY_MS / 1000} s`;
  const full = /no space left on device|database or disk is full/i.test(log);
  const broken = /malformed|not a database|schema/i.test(log);
  const advice = broken ? `Remove ${database}: it holds only the history of past runs, which are also in Postgres.` : 'See `atlas doctor`.';
  const next = full ? 'Free some disk space.' : advice;
  return new StackError(
    `Expected the Temporal server to answer, got: ${reason} (${child.spec.logFile}):\n${log}\n${next}`,
    full || broken ? 2 : 1,
  );
}

/** The dev server picks inner ports by itself and panics when another program takes one first. */
const PANIC = /goroutine \d+|cobra\.\(\*Command\)/;
const PANICS_BORNE = 2;

interface Launch {
  home: Home;
  children: Children;
  binary: TemporalBinary;
  flags: string[];
  /** Panics so far. */
  panics: { count: number };
}

async function launch({ home, children, binary, flags, panics }: Launch): Promise<RunningTemporal | 'port-taken'> {
  const [port, uiPort] = await Promise.all([freePort(), freePort()]);
  const database = temporalDatabase(home, binary.version);
  const at = ['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)];
  const child = children.spawn({
    role: 'temporal',
    name: 'temporal',
    command: binary.path,
    args: ['server', 'start-dev', '--db-filename', database, ...at, '--namespace', NAMESPACE, '--log-level', 'warn', ...flags],
    env: cleanEnv(),
    cwd: home.dir,
    logFile: logFile(home, 'temporal'),
    stopSignal: 'SIGTERM',
    graceMs: STOP_MS,
  });
  const running = { child, address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}`, namespace: NAMESPACE };
  const ready = await poll(() => (child.ended === null ? answers(running.address, running.uiUrl) : false), READY_MS);
  child.ready = child.ended === null && ready === true;
  if (child.ready) return running;
  if (child.ended !== null && isPortTaken(child.logTail())) return 'port-taken';
  if (child.ended !== null && PANIC.test(child.logTail()) && panics.count++ < PANICS_BORNE) return 'port-taken';
  await children.stop(child);
  throw failure(child, database);
}

/** Registers search attributes: at each start, since `start-dev` does it only when the namespace is first made. */
export async function prepareAttributes(server: RunningTemporal, wanted: SearchAttributes): Promise<void> {
  if (Object.keys(wanted).length === 0) return;
  try {
    await withConnection(server.address, (connection) => registerAttributes(connection, server.namespace, wanted));
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(`Expected the Temporal server to register search attributes, got: ${messageOf(error)} (${server.address}).`);
  }
}

/** Starts this home's Temporal server and UI, fetching the binary when needed, and waits until both answer. */
export async function startTemporal(home: Home, children: Children, note: (line: string) => void): Promise<RunningTemporal> {
  const binary = await findTemporal(note);
  const flags = await optionalFlags(binary.path);
  const panics = { count: 0 };
  const running = await onFreePort(() => launch({ home, children, binary, flags, panics }));
  const config = { workflowExecutionRetentionTtl: msToTs(RETENTION) };
  await withConnection(running.address, ({ workflowService }) => workflowService.updateNamespace({ namespace: NAMESPACE, config }));
  return running;
}
