import type { Clock } from './clock';
import { BudgetSpent, RateLimited, ServiceError } from './errors';
import type { Limiter, Service } from './ports';

/** Quick faults are repeated here; slow ones belong to the durable retries of the caller. */
export const MAX_TRIES = 4;
const FIRST_PAUSE_MS = 500;
const FIRST_PACE_PAUSE_MS = 2_000;
const MIN_PACE_PAUSE_MS = 1_000;
/** Longer waits would hold a worker's slot for nothing. */
export const MAX_PAUSE_MS = 30_000;

export interface RetryContext {
  service: Service;
  clock: Clock;
  limiter: Limiter;
  /** In [0, 1). */
  random: () => number;
  signal?: AbortSignal;
}

/** Repeats `attempt` on faults that pass quickly, up to four times, with exponential back-off and jitter. */
export async function withRetries<T>(attempt: () => Promise<T>, context: RetryContext): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauseAfter(error, tries, context.random());
      if (error instanceof RateLimited) await context.limiter.penalty(context.service, pause ?? penaltyOf(error));
      if (pause === null) throw error;
      await context.clock.sleep(pause, context.signal);
    }
  }
}

/** Others keep away too when this caller gives up, yet no longer than a slot may be held. */
function penaltyOf({ retryAfterMs = FIRST_PACE_PAUSE_MS }: RateLimited): number {
  return Math.min(MAX_PAUSE_MS, Math.max(MIN_PACE_PAUSE_MS, retryAfterMs));
}

/** Milliseconds to wait before the next try, or null if there should be none. */
export function pauseAfter(error: unknown, tries: number, random: number): number | null {
  if (!(error instanceof ServiceError) || !error.retryable || error instanceof BudgetSpent || tries >= MAX_TRIES) return null;
  const asked = error.retryAfterMs;
  const pace = error instanceof RateLimited;
  const doubled = 2 ** (tries - 1) * (pace ? FIRST_PACE_PAUSE_MS : FIRST_PAUSE_MS * (0.5 + random));
  const pause = pace ? Math.max(MIN_PACE_PAUSE_MS, asked ?? doubled) : Math.max(doubled, asked ?? 0);
  return pause > MAX_PAUSE_MS ? null : pause;
}
