import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StackError, messageOf } from '../errors';
import type { Home } from '../home';
import type { Place } from './place';
import { readRecord, writeRecord } from './record';

export const SUPERUSER = 'atlas';
const INITDB_TIMEOUT_MS = 60_000;
const run = promisify(execFile);

/** Environment of Postgres's own programs: nothing of the caller's PG* settings may steer them. */
export function postgresEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' };
}

/** @throws StackError (2) when the data folder is not the one this home made. */
function checkData(home: Home, { dataDir, binaries }: Place): void {
  const versionFile = path.join(dataDir, 'PG_VERSION');
  const next = `Move it away to begin with an empty database, or choose another home.`;
  if (!existsSync(versionFile))
    throw new StackError(`Expected a Postgres data folder, got one without PG_VERSION (${dataDir}). ${next}`, 2);
  const major = readFileSync(versionFile, 'utf8').trim();
  if (major !== binaries.major)
    throw new StackError(`Expected data of Postgres ${binaries.major}, got ${major} (${versionFile}). ${next}`, 2);
  if (!readRecord(home)) {
    throw new StackError(
      `Expected a database made by this home, got one whose password is not in ${home.postgresFile} (${dataDir}). ${next}`,
      2,
    );
  }
}

async function initdb({ binaries, user }: Place, folder: string, password: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const args = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--locale=C',
    '--encoding=UTF8',
    '--no-instructions',
  ];
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  try {
    await run(path.join(binaries.dir, 'bin', 'initdb'), args, { env: postgresEnv(), cwd: folder, timeout: INITDB_TIMEOUT_MS, ...as });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function explain(error: unknown, dataDir: string): StackError {
  const text = messageOf(error).trim().split('\n').slice(-4).join('\n');
  const full = /no space left/i.test(text);
  return new StackError(
    `Expected initdb to make ${dataDir}, got:\n${text}\n${full ? 'Free some disk space.' : 'See `atlas doctor`.'}`,
    full ? 2 : 1,
  );
}

/** A folder of a name never used before, since an initdb that was just told to end may still be emptying its own; old ones are removed. */
function newFolder(prefix: string): string {
  const parent = path.dirname(prefix);
  const old = readdirSync(parent).filter((name) => name.startsWith(path.basename(prefix)));
  for (const name of old) rmSync(path.join(parent, name), { recursive: true, force: true });
  return mkdtempSync(prefix);
}

/** Makes the data folder when there is none, beside and then renamed: a crash in between leaves nothing half made. */
export async function ensureData(home: Home, place: Place, note: (line: string) => void): Promise<string> {
  const { dataDir, user } = place;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) checkData(home, place);
  else {
    note(readRecord(home) ? `The database folder ${dataDir} is gone; making a new one.` : `Making the database folder ${dataDir}.`);
    const fresh = newFolder(`${dataDir}.new-`);
    if (user) chownSync(fresh, user.uid, user.gid);
    const password = randomBytes(24).toString('base64url');
    await initdb(place, fresh, password).catch((error: unknown) => {
      throw explain(error, dataDir);
    });
    writeRecord(home, { password, folder: place.folder });
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(fresh, dataDir);
  }
  const record = readRecord(home);
  if (!record) throw new StackError(`Expected the password of the database, got none (${home.postgresFile}).`, 2);
  return record.password;
}
