import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Child, Children } from '../children';
import { StackError } from '../errors';
import { logFile, type Home } from '../home';
import { endOrphansIn } from '../leftovers';
import { freePort, isPortTaken, onFreePort } from '../ports';
import { processesWorkingIn } from '../process-identity';
import { SUPERUSER, ensureData, postgresEnv } from './init';
import { choosePlace, type Place } from './place';
import { askServer, becomesReady } from './ready';

/** How long it may say nothing before it is given up. */
const SILENT_MS = 60_000;
/** The last checkpoint writes what memory holds; one that is cut short costs the next start a recovery. */
const STOP_MS = 40_000;
/** Containers give /dev/shm 64 MB, which parallel hash joins overrun; then files in the data folder serve. */
const SMALL_SHM_BYTES = 256 * 1024 * 1024;

function sharedMemory(): 'posix' | 'mmap' {
  if (process.platform !== 'linux' || !existsSync('/dev/shm')) return 'posix';
  const { blocks, bsize } = statfsSync('/dev/shm');
  return blocks * bsize < SMALL_SHM_BYTES ? 'mmap' : 'posix';
}

/** For a small laptop, and never at the price of durability. No socket file: loopback and a password only. */
function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    shared_buffers: '128MB',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    // One server without replicas: what is made and filled in one transaction need not pass through the log.
    wal_level: 'minimal',
    max_wal_senders: '0',
    dynamic_shared_memory_type: sharedMemory(),
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Postgres heals a postmaster.pid whose process is gone, not one whose number was given to another process since; and it refuses to start
 * while backends of a killed postmaster still work on a query. Both are ours to clear: the lock of the home is held.
 */
async function clearTheWay(dataDir: string): Promise<void> {
  await endOrphansIn(dataDir);
  if (processesWorkingIn(dataDir).length === 0) rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
}

export function databaseUrl(server: { port: number; password: string }, database: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(server.password)}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`;
}

function failure(child: Child): StackError {
  const log = child.logTail();
  const reason = child.ended ?? `no answer within ${SILENT_MS / 1000} s`;
  const full = /no space left on device/i.test(log);
  const next = full ? 'Free some disk space.' : 'See `atlas doctor`.';
  return new StackError(`Expected Postgres to answer, got: ${reason} (${child.spec.logFile}):\n${log}\n${next}`, full ? 2 : 1);
}

export interface RunningPostgres {
  child: Child;
  address: string;
  /** URL of the maintenance database `postgres`. */
  url: string;
}

interface Launch {
  home: Home;
  place: Place;
  password: string;
  children: Children;
  note: (line: string) => void;
}

async function launch({ home, place, password, children, note }: Launch): Promise<RunningPostgres | 'port-taken'> {
  const port = await freePort();
  const child = children.spawn({
    role: 'postgres',
    name: 'postgres',
    command: path.join(place.binaries.dir, 'bin', 'postgres'),
    args: ['-D', place.dataDir, ...settings(port)],
    env: postgresEnv(),
    cwd: place.dataDir,
    logFile: logFile(home, 'postgres'),
    stopSignal: 'SIGINT',
    graceMs: STOP_MS,
    user: place.user,
  });
  const url = databaseUrl({ port, password }, 'postgres');
  const server = { ask: () => askServer(url), ended: () => child.ended !== null, note };
  child.ready = await becomesReady(server, SILENT_MS);
  if (child.ready) return { child, address: `127.0.0.1:${port}`, url };
  if (child.ended !== null && isPortTaken(child.logTail())) return 'port-taken';
  await children.stop(child);
  throw failure(child);
}

/** Starts this home's Postgres, made on first use, and waits until it answers `select 1`. */
export async function startPostgres(home: Home, children: Children, note: (line: string) => void): Promise<RunningPostgres> {
  const place = await choosePlace(home);
  const password = await ensureData(home, place, note);
  await clearTheWay(place.dataDir);
  return onFreePort(() => launch({ home, place, password, children, note }));
}

/** The data folder as `doctor` names it: version of the data, or null when not made yet. */
export function dataVersion(dataDir: string): string | null {
  const file = path.join(dataDir, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
