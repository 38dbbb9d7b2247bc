/** What went wrong with an engine: exit code 2 when it could be seen before a run, 1 when it happened on the way. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The keeper went away in mid-sentence. Whoever was only about to begin may knock again. */
export class LostKeeper extends StackError {
  constructor(address: string) {
    super(`Expected an answer, but the connection to the keeper of this home ended (${address}). Run the command again.`);
  }
}

/** By shape, not by class: an error may come from another realm (a worker thread, a test sandbox). */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** The `code` of a Node system error (`ENOENT`, `EACCES` …), or null. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
