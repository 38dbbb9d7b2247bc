import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { StaleClaim } from '../../store/errors';

/** A step's own mistake is not cured by waiting: after so many tries it is reported. */
const TRIES_FOR_OWN_MISTAKES = 2;

/** What clients tell of their errors, by shape: the rooms do not import each other. */
interface Outside extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/**
 * Sorts an error into a retry class for Temporal: cancellation goes out unchanged, outside trouble waits as long as the service asks,
 * bad data and mistakes of our own end the step with their message.
 */
export function failureOf(error: unknown, attempt: number): unknown {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  if (!(error instanceof Error)) return ApplicationFailure.nonRetryable(String(error), 'Unknown');
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
  const final = 'exitCode' in error || error.name.endsWith('FileError') || attempt >= TRIES_FOR_OWN_MISTAKES;
  return ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: final, cause: error });
}

/** When there is a new budget, for an error that says the day's is spent; null for all others. */
export function wakesAt(error: unknown): string | null {
  return error instanceof Error && 'resetsAt' in error && typeof error.resetsAt === 'string' ? error.resetsAt : null;
}

function isOutside(error: Error): error is Outside {
  return 'retryable' in error && typeof error.retryable === 'boolean';
}
