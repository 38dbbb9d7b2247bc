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

/** The claim of a shard went to somebody else: this attempt writes nothing more. */
export class StaleClaim extends Error {
  override name = 'StaleClaim';
}
