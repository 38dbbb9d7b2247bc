import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { StackError } from '../errors';

export interface User {
  name: string;
  uid: number;
  gid: number;
}

// `nobody` first: where a system Postgres is installed, `postgres` owns its data.
const CANDIDATES = ['nobody', 'postgres'];

function lookUp(name: string): User | null {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { name, uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** The user Postgres runs as: null for ourselves, an unprivileged one when we are root (Postgres refuses to run as root). */
export function postgresUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of CANDIDATES) {
    const user = lookUp(name);
    if (user && user.uid !== 0) return user;
  }
  throw new StackError(
    `Expected a user ${CANDIDATES.join(' or ')} to run Postgres as, since it must not run as root, got neither. Create one.`,
    2,
  );
}

/** True when any user may walk into this folder. A clone under a root-only home directory is the usual case where not. */
export function isReachableByAll(folder: string): boolean {
  for (let dir = path.resolve(folder); ; dir = path.dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}
