import { isConnectionLoss } from '../store/connection-loss';

/** What a command ends with: the text for the user and the exit code that scripts read. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 3 | 130 = 1,
    /** For scripts, beside the message in the JSON document. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Prints an error in one message, without a stack trace unless asked. @returns the exit code */
export function report(error: unknown, { verbose, json }: { verbose?: boolean; json?: boolean }): number {
  const message = messageOf(error);
  const code = exitCodeOf(error);
  process.stderr.write(`${verbose === true && error instanceof Error ? (error.stack ?? message) : message}\n`);
  if (json === true)
    process.stdout.write(
      `${JSON.stringify({ error: message, exitCode: code, ...(error instanceof CommandError ? error.details : {}) })}\n`,
    );
  return code;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!isConnectionLoss(error)) return message;
  return `Expected the database to stay up, got "${message}". Start the same command again: what was finished is kept.`;
}

function exitCodeOf(error: unknown): number {
  if (typeof error === 'object' && error !== null && 'exitCode' in error && typeof error.exitCode === 'number') return error.exitCode;
  return 1;
}
