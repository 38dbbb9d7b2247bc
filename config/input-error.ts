/** Something the user gave is wrong or missing, and could be checked before a run. */
export class InputError extends Error {
  readonly exitCode = 2;
  override name = 'InputError';
}
