import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every `everyMs` until the answer is not null; null itself once `withinMs` have passed. */
export async function poll<T>(ask: () => Promise<T | null> | T | null, withinMs: number, everyMs = 50): Promise<T | null> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null || performance.now() > until) return answer;
    await sleep(everyMs);
  }
}

/** True when the promise settles within the time. */
export async function settles(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  const clock = new AbortController();
  const late = sleep(withinMs, false, { signal: clock.signal }).catch(() => false);
  const won = await Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  clock.abort();
  return won;
}
