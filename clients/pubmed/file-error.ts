/** A file or answer that is not one complete PubmedArticleSet. `offset` counts bytes of the text, after inflating. */
export class PubmedFileError extends Error {
  override readonly name = 'PubmedFileError';

  constructor(
    message: string,
    readonly file: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** What a file is instead of a PubmedArticleSet, where, and what to do about it. */
export interface Refusal {
  what: string;
  offset: number;
  next?: string;
}

const fetchAgain = 'Fetch the file again, and compare its md5 where the source publishes one.';

/** The one sentence in which every bad PubMed file is refused. */
export function refuse(file: string, { what, offset, next = fetchAgain }: Refusal): PubmedFileError {
  return new PubmedFileError(`Expected one complete PubmedArticleSet, got ${what} (${file}, byte ${offset}). ${next}`, file, offset);
}
