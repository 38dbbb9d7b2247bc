import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

const hasProc = process.platform === 'linux' && existsSync('/proc/self/stat');

function linuxBirth(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command name may hold blanks and brackets: count the fields after its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${fields[19]}`;
}

/** When a process began, as a text that no later process with the same pid shares; null when there is none, or only a zombie. */
export function birthOf(pid: number): string | null {
  try {
    if (hasProc) return linuxBirth(pid);
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
    );
  } catch {
    return null;
  }
}

function linuxWorkingIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder && birthOf(pid) !== null;
    } catch {
      return false; // gone in between, or of another user
    }
  });
}

/**
 * Processes whose working folder is `folder`. Postgres, its backends included, works in its data folder: that makes its orphans
 * known without trusting a pid file.
 */
export function processesWorkingIn(folder: string): number[] {
  if (hasProc) return linuxWorkingIn(folder);
  try {
    const out = execFileSync('lsof', ['-a', '-d', 'cwd', '-c', 'postgres', '-Fpn'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const found = out.matchAll(/p(\d+)\n(?:f[^\n]*\n)?n([^\n]*)/g);
    return [...found].filter((match) => match[2] === folder).map((match) => Number(match[1]));
  } catch {
    return [];
  }
}

/** Sends a signal; false when nobody is there to take it. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
