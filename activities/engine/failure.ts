import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { isConnectionLoss } from '../../store/connection-loss';
import { StaleClaim } from '../../store/errors';
import type { Held } from './types';

/** A step's own mistake is not cured by waiting: after so many tries it is reported. */
const TRIES_FOR_OWN_MISTAKES = 2;

/** What clients tell of their errors, by shape: the rooms do not import each other. */
interface Outside extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/**
 * Sorts an error into a retry class for Temporal: cancellation goes out unchanged, outside trouble waits as long as the service asks, a
 * database that is away is waited for, bad data and mistakes of our own end the step with their message.
 */
export function failureOf(error: unknown, attempt: number): unknown {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  if (!(error instanceof Error)) return ApplicationFailure.nonRetryable(String(error), 'Unknown');
  const held = heldBy(error);
  if (held !== null)
    return ApplicationFailure.create({ type: HELD, message: held.message, nonRetryable: true, details: [held], cause: error });
  if (error instanceof StaleClaim) return ApplicationFailure.nonRetryable(error.message, 'StaleClaim');
  if (isOutside(error)) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.name,
      nonRetryable: !error.retryable,
      nextRetryDelay: error.retryAfterMs,
      cause: error,
    });
  }
  if (isConnectionLoss(error)) return ApplicationFailure.create({ message: error.message, type: 'DatabaseAway', cause: error });
  const final = 'exitCode' in error || error.name.endsWith('FileError') || attempt >= TRIES_FOR_OWN_MISTAKES;
  return ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: final, cause: error });
}

function isOutside(error: Error): error is Outside {
  return 'retryable' in error && typeof error.retryable === 'boolean';
}

/** A failure that is none: the step waits, for a time or for a person, and then goes on where it stopped. `workflows/hold.ts` reads it. */
const HELD = 'Held';

/**
 * By shape: an error with `blocked: true` needs a person, and its message says what to do; one with `resetsAt` (ISO 8601) passes by
 * itself. Both may come from any room.
 */
export function heldBy(error: unknown): Held | null {
  if (!(error instanceof Error)) return null;
  if ('blocked' in error && error.blocked === true) return { until: null, message: error.message };
  if ('resetsAt' in error && typeof error.resetsAt === 'string') return { until: error.resetsAt, message: error.message };
  return null;
}
