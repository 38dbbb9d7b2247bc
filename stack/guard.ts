import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Ends everything a keeper started, once the keeper is gone. It holds the reading end of a pipe whose other end only the keeper has, so
 * even kill -9 of the keeper is heard at once. The keeper leads a process group of its own and its children stay in it; the guard does not.
 */

const GRACE_MS = 4_000;
const keeper = Number(process.argv[2]);

/** SIGINT: Postgres's fast shutdown (SIGTERM would wait for its clients), and a polite end for the others. */
function signalGroup(name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-keeper, name);
    return true;
  } catch {
    return false;
  }
}

async function endGroup(): Promise<void> {
  if (!signalGroup('SIGINT')) return;
  const until = performance.now() + GRACE_MS;
  while (signalGroup(0) && performance.now() < until) await sleep(50);
  signalGroup('SIGKILL');
}

if (!Number.isInteger(keeper) || keeper < 2) throw new Error(`Expected the pid of a keeper, got ${process.argv[2]}.`);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
process.stdin.on('error', () => undefined);
// A keeper that has stopped everything itself says so, and needs no guard any more.
process.stdin.on('data', () => process.exit(0));
process.stdin.on('close', () => void endGroup().then(() => process.exit(0)));
