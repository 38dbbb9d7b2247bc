/**
 * Something the scan leaves to the conforming reader: a fault of the file, or markup that NLM does not write. `offset` counts inflated bytes
 * when `placed`, and bytes of the window before.
 */
export class Unusual extends Error {
  override readonly name = 'Unusual';

  constructor(
    what: string,
    readonly offset: number,
    readonly placed = false,
  ) {
    super(what);
  }
}
