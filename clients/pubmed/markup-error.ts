/** Text that is not well-formed XML; `index` counts UTF-16 units from the start of the text parsed. */
export class MarkupError extends Error {
  override readonly name = 'MarkupError';

  constructor(
    readonly what: string,
    readonly index: number,
  ) {
    super(what);
  }

  /** The same fault in a text that this one begins `by` units into. */
  shifted(by: number): MarkupError {
    return new MarkupError(this.what, this.index + by);
  }
}
