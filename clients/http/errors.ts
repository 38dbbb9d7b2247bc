export interface ServiceErrorDetails {
  /** How long the service asks us to stay away. */
  retryAfterMs?: number;
  /** HTTP status, if an answer came. */
  status?: number;
  /** The reason code of the service, such as `query_timeout`; where no answer came, what came instead. */
  reason?: string;
}

/** A request that did not give a usable answer. `type` names the kind in retry policies; `retryable` says whether the same request may succeed later. */
export abstract class ServiceError extends Error {
  abstract readonly retryable: boolean;
  readonly type: string;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  readonly reason: string | undefined;

  constructor(message: string, details: ServiceErrorDetails = {}) {
    super(message);
    this.type = new.target.name;
    this.name = new.target.name;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
    this.reason = details.reason;
  }
}

/** No answer: refused, reset, unresolved, or headers that never came. */
export class Unreachable extends ServiceError {
  readonly retryable = true;
}

/** Too fast. `retryAfterMs` says how long to wait. */
export class RateLimited extends ServiceError {
  readonly retryable = true;
}

/** The day's allowance is gone. Not a fault: sleep until `resetsAt`. */
export class BudgetSpent extends ServiceError {
  readonly retryable = true;
  /** ISO time, UTC. */
  readonly resetsAt: string;

  constructor(message: string, details: ServiceErrorDetails & { retryAfterMs: number; resetsAt: string }) {
    super(message, details);
    this.resetsAt = details.resetsAt;
  }
}

/** The service refuses the request itself: our bug, or a plan that lacks the feature. */
export class BadRequest extends ServiceError {
  readonly retryable = false;
}

/** The key is wrong or the address is blocked. */
export class Unauthorized extends ServiceError {
  readonly retryable = false;
}

/** The service is in trouble; passes. */
export class ServerTrouble extends ServiceError {
  readonly retryable = true;
}

/** An answer came and is not whole, or is not what was asked for. */
export class BrokenAnswer extends ServiceError {
  readonly retryable = true;
}

/** Offline, and the archive has no answer. */
export class OfflineMiss extends ServiceError {
  readonly retryable = false;
}

/** The address does not exist, or its redirects lead nowhere. (A single OpenAlex record that does not exist is an answer, not an error.) */
export class NotFound extends ServiceError {
  readonly retryable = false;
}
