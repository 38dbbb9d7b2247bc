/** A part file of the snapshot that cannot be trusted. `offset` counts bytes of the text, after inflating; null where the fault has no place. */
export class SnapshotFileError extends Error {
  override readonly name = 'SnapshotFileError';

  constructor(
    message: string,
    readonly file: string,
    readonly offset: number | null,
  ) {
    super(message);
  }
}

/** What a part is instead of a file of whole records, where, and what to do about it. */
export interface PartRefusal {
  what: string;
  offset?: number;
  line?: number;
  next?: string;
}

const fetchAgain = 'Fetch the part again, and compare its length with the manifest.';

/** The one sentence in which every bad part is refused. */
export function refusePart(file: string, { what, offset, line, next = fetchAgain }: PartRefusal): SnapshotFileError {
  const place = [line === undefined ? '' : `:${line}`, offset === undefined ? '' : `, byte ${offset}`].join('');
  return new SnapshotFileError(`Expected a gzip of one JSON record a line, got ${what} (${file}${place}). ${next}`, file, offset ?? null);
}
