import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { homeAt } from '../../stack/home';
import { birthOf } from '../../stack/process-identity';
import { projectRoot } from '../../stack/project-root';
import { stopStack } from '../../stack/session';

const made: { top: string; home: string }[] = [];

/** A keeper runs compiled code, also for tests. */
export function needCompiled(): void {
  const keeper = path.join(projectRoot(), 'dist', 'stack', 'keeper.js');
  if (existsSync(keeper)) return;
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: projectRoot(), stdio: 'inherit' });
}

/** A home of this test's own. mkdtemp makes it 0700: as root, the case of a clone under a root-only home directory. */
export function newHome(below = '.'): string {
  needCompiled();
  const top = mkdtempSync(path.join(os.tmpdir(), 'atlas-home-'));
  const home = path.join(top, below);
  made.push({ top, home });
  return home;
}

/** Stops and removes what `newHome` made. */
export async function removeHomes(): Promise<void> {
  for (const { top, home } of made.splice(0)) {
    await stopStack(home);
    const { outside } = homeAt(home);
    rmSync(top, { recursive: true, force: true });
    rmSync(outside, { recursive: true, force: true });
  }
}

export const isAlive = (pid: number): boolean => birthOf(pid) !== null;

/** The data folder of a home's Postgres, inside the home or not. */
export function dataDirOf(home: string): string {
  const { dir, outside } = homeAt(home);
  const found = [dir, outside].map((folder) => path.join(folder, 'postgres-18')).find(existsSync);
  if (!found) throw new Error(`Expected a data folder of ${home}, got none.`);
  return found;
}

function commandLines(): { pid: number; line: string }[] {
  if (process.platform !== 'linux') {
    const listing = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
    return listing.split('\n').map((line) => ({ pid: Number.parseInt(line, 10), line: line.trim() }));
  }
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.flatMap((pid) => {
    try {
      return [{ pid, line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() }];
    } catch {
      return []; // gone in between
    }
  });
}

/** The guard of a keeper. It is known by its command line only: the keeper does not list it. */
export function guardOf(keeper: number): number | null {
  return commandLines().find(({ line }) => line.endsWith(`guard.js ${keeper}`))?.pid ?? null;
}
