/** Data or a formula that cannot be fitted: the message says what was expected, what came, and what to do. Exit code 2 on the command line. */
export class ModelInputError extends Error {
  readonly exitCode = 2;
}
