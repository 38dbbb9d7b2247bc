import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { StackError, messageOf } from './errors';

/** The files of one home. All paths are absolute, links resolved, so that two names of one home mean one keeper. */
export interface Home {
  dir: string;
  /** First 16 hex digits of sha256 over `dir`: names what cannot lie inside. */
  hash: string;
  /** Where the keeper's sockets are; short enough for the 104 bytes of `sun_path` on macOS. */
  socketDir: string;
  processFile: string;
  postgresFile: string;
  /** Where root keeps what an unprivileged user could not reach inside the home. */
  outside: string;
  logs: string;
}

const LONGEST_SOCKET_DIR = 80;
// Not os.tmpdir(): two commands with different TMPDIR must still meet. Resolved, since macOS has it behind a link.
const SHARED_TMP = '/var/tmp';
const sharedTmp = existsSync(SHARED_TMP) ? realpathSync(SHARED_TMP) : SHARED_TMP;

function layout(dir: string): Home {
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const inside = path.join(dir, 'run');
  const short = path.join(sharedTmp, `research-atlas-run-${process.getuid?.() ?? 0}-${hash}`);
  return {
    dir,
    hash,
    socketDir: Buffer.byteLength(inside) <= LONGEST_SOCKET_DIR ? inside : short,
    processFile: path.join(dir, 'processes.json'),
    postgresFile: path.join(dir, 'postgres.json'),
    outside: path.join(sharedTmp, `research-atlas-${hash}`),
    logs: path.join(dir, 'logs'),
  };
}

/** The layout of a home that may not exist yet; creates nothing. */
export function homeAt(homeDir: string): Home {
  const dir = path.resolve(homeDir);
  return layout(existsSync(dir) ? realpathSync(dir) : dir);
}

/** The keeper obeys whoever reaches its socket, and a name under /var/tmp can be guessed: the folder must be ours alone. */
function checkPrivate(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new Error(`${folder} of user ${uid} with mode ${(mode & 0o777).toString(8)}`);
}

/** Creates the folders of a home. @throws StackError (2) when it cannot be written. */
export function makeHome(homeDir: string): Home {
  try {
    mkdirSync(homeDir, { recursive: true });
    const home = homeAt(homeDir);
    accessSync(home.dir, constants.W_OK);
    mkdirSync(home.logs, { recursive: true });
    mkdirSync(home.socketDir, { recursive: true, mode: 0o700 });
    checkPrivate(home.socketDir);
    return home;
  } catch (error) {
    throw new StackError(
      `Expected a home folder that can be written, got ${messageOf(error)} (${homeDir}). Choose another with --home.`,
      2,
    );
  }
}

export function temporalDatabase(home: Home, version: string): string {
  return path.join(home.dir, `temporal-${version}.db`);
}

export function logFile(home: Home, name: string): string {
  return path.join(home.logs, `${name.replace(/[^\w.-]+/g, '-')}.log`);
}
