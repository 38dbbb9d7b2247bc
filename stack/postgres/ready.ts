import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What a server says when it is asked: it takes questions, it is starting or recovering, or nothing. */
export type Answer = 'ready' | 'starting' | null;

/** Postgres: cannot_connect_now. */
const CANNOT_CONNECT_NOW = '57P03';
/** Quick at first, for most starts take half a second; then seldom, for each question costs a recovering server a process. */
const QUICK_MS = 30;
const SLOW_MS = 250;
/** After so long a person is told what it waits for. */
const TELL_AFTER_MS = 5_000;

export async function askServer(url: string): Promise<Answer> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return 'ready';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === CANNOT_CONNECT_NOW ? 'starting' : null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Server {
  readonly ask: () => Promise<Answer>;
  readonly ended: () => boolean;
  readonly note: (line: string) => void;
}

/**
 * Waits until a server answers. One that says it is starting is waited for however long it takes: after a crash it recovers, and
 * ending it in the midst of that would make it begin again, for ever.
 * @returns false when it has ended, or has said nothing for `silentMs`
 */
export async function becomesReady({ ask, ended, note }: Server, silentMs: number): Promise<boolean> {
  const started = performance.now();
  let [heard, told] = [started, false];
  while (!ended() && performance.now() - heard < silentMs) {
    const said = await ask();
    if (said === 'ready') return true;
    if (said === 'starting') heard = performance.now();
    const late = performance.now() - started > TELL_AFTER_MS;
    if (late && !told) note('Postgres is starting, or recovering from a crash: that may take minutes.');
    told ||= late;
    await sleep(late ? SLOW_MS : QUICK_MS);
  }
  return false;
}
