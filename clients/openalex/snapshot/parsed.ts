import { refusePart } from './part-error';

/** Where a line stands, for messages. */
export interface LinePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Of its first byte in the inflated file. */
  readonly offset: number;
}

/** Parses a line in full. @throws SnapshotFileError when it is no JSON object */
export function parseLine(text: string, { file, line, offset }: LinePlace): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusePart(file, { what: `a line that is no JSON (${error instanceof Error ? error.message.slice(0, 80) : ''})`, line, offset });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refusePart(file, { what: `a line with ${JSON.stringify(value).slice(0, 40)} instead of a record`, line, offset });
}
