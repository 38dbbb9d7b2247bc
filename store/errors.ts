/** A message for the user, with the exit code it ends a command with. */
export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The study's budget of the day is spent. Not a fault: sleep until `resetsAt`. */
export class DayBudgetSpent extends Error {
  override name = 'DayBudgetSpent';
  readonly retryable = true;
  /** ISO time, UTC. */
  readonly resetsAt: string;

  constructor(message: string, resetsAt: Date) {
    super(message);
    this.resetsAt = resetsAt.toISOString();
  }
}

/** The study's budget of the run is spent: waiting does not help. */
export class RunBudgetSpent extends Error {
  override name = 'RunBudgetSpent';
  readonly retryable = false;
}

/** The claim of a shard went to somebody else: this attempt writes nothing more. */
export class StaleClaim extends Error {
  override name = 'StaleClaim';
}
