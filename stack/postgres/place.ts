import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { StackError, errorCode } from '../errors';
import { homeAt, type Home } from '../home';
import { findPostgres, linkLibraries, type PostgresBinaries } from './find';
import { readRecord } from './record';
import { isReachableByAll, postgresUser, type User } from './user';

/** Where this home's Postgres runs from, where its data are, and as whom. */
export interface Place {
  binaries: PostgresBinaries;
  dataDir: string;
  /** As stored in the record: `home`, or a folder of its own under /var/tmp. */
  folder: string;
  user: User | null;
}

function refuse(what: string, got: string, next: string): never {
  throw new StackError(`Expected ${what}, got ${got}. ${next}`, 2);
}

/** A folder outside the home that only the unprivileged user can enter. Its name can be guessed, so its owner is checked. */
function makeOutside(home: Home, folder: string, user: User): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(folder);
  const ours = lstatSync(folder).isDirectory() && (uid === 0 || uid === user.uid) && (mode & 0o077) === 0;
  if (!ours)
    refuse(
      `a private folder of root or ${user.name}`,
      `one of user ${uid} with mode ${(mode & 0o777).toString(8)} (${folder})`,
      'Remove it.',
    );
  writeFileSync(path.join(folder, 'home'), home.dir);
  chownSync(folder, user.uid, user.gid);
}

/** A copied home must not open the database of its original; a moved one may. */
function checkOwner(home: Home, folder: string, password: string): void {
  const file = path.join(folder, 'home');
  if (!existsSync(file)) return;
  const owner = readFileSync(file, 'utf8');
  if (owner === home.dir || !existsSync(owner)) return;
  if (readRecord(homeAt(owner))?.password !== password) return;
  refuse(
    'a database of this home',
    `that of ${owner} (${folder})`,
    `This home is a copy: remove ${home.postgresFile} to begin with an empty database.`,
  );
}

const countFiles = (folder: string): number =>
  readdirSync(folder, { recursive: true }).filter((name) => !String(name).endsWith('.a')).length;

/** Copies are made beside and renamed, so that a half copy is never used; one that a cleaner of /var/tmp has thinned out is made again. */
function copyBinaries(binaries: PostgresBinaries, parent: string): PostgresBinaries {
  const dir = path.join(parent, `research-atlas-postgres-${binaries.version}`);
  if (existsSync(dir)) {
    const { uid, mode } = lstatSync(dir);
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0)
      refuse('binaries that only we can change', `a folder of user ${uid} (${dir})`, 'Remove it.');
    if (countFiles(dir) >= countFiles(binaries.dir)) return { ...binaries, dir };
    rmSync(dir, { recursive: true, force: true });
  }
  const fresh = mkdtempSync(`${dir}.new-`);
  cpSync(binaries.dir, fresh, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, dir);
  } catch (error) {
    if (!existsSync(dir)) throw error;
    rmSync(fresh, { recursive: true, force: true }); // another home was quicker
  }
  return { ...binaries, dir };
}

async function usableBinaries(home: Home, user: User | null): Promise<PostgresBinaries> {
  const found = findPostgres();
  const reachable = user === null || isReachableByAll(found.dir);
  if (reachable && (await linkLibraries(found.dir))) return found;
  // As root one copy serves all homes; it is root's, so the unprivileged user can run but not change it.
  const copy = copyBinaries(found, user ? path.dirname(home.outside) : home.dir);
  await linkLibraries(copy.dir);
  return copy;
}

/** What an earlier home of this name left outside: without its password nobody can open it. */
function clearOutside(home: Home, dataDir: string): void {
  if (!dataDir.startsWith(home.outside) || !existsSync(dataDir)) return;
  rmSync(dataDir, { recursive: true, force: true });
}

/** Chooses the place and makes its folders. As root: inside the home where an unprivileged user can reach it, else under /var/tmp. */
export async function choosePlace(home: Home): Promise<Place> {
  const user = postgresUser();
  const known = readRecord(home);
  const inside = user === null || isReachableByAll(home.dir);
  const folder = known?.folder ?? (inside ? 'home' : home.outside);
  if (folder === 'home' && !inside) {
    refuse(
      `a home that ${user.name} can reach, as when its database was made`,
      `one that it cannot (${home.dir})`,
      'Give x on its folders to all.',
    );
  }
  const binaries = await usableBinaries(home, user);
  const dataDir = path.join(folder === 'home' ? home.dir : folder, `postgres-${binaries.major}`);
  if (!known) clearOutside(home, dataDir);
  if (folder !== 'home' && known) checkOwner(home, folder, known.password);
  if (folder !== 'home' && user) makeOutside(home, folder, user);
  return { binaries, dataDir, folder, user };
}
