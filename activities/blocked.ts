/**
 * Thrown by a step that cannot go on before a person has done something: the run is `blocked`, shows this message, and goes on after
 * `atlas unblock STEP`. What its shards have committed is kept.
 */
export class Blocked extends Error {
  override name = 'Blocked';
  readonly blocked = true;

  /**
   * @param found what was expected and what came
   * @param advice what to do about it before unblocking
   */
  constructor(found: string, advice: string) {
    super(`${found} ${advice}`);
  }
}
