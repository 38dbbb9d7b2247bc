import { byte, lastBefore, skipBlank } from './json-bytes';
import { lineBlocks, type LineBlock } from './lines';
import { type LinePlace, parseLine } from './parsed';
import { refusePart } from './part-error';

/** A part file as it is read. */
export interface OpenPart {
  /** Name for messages. */
  readonly file: string;
  readonly packed: AsyncIterable<Buffer>;
  /** Records by the manifest; null when nobody says. */
  readonly records: number | null;
}

/** Tells which lines are worth reading in full, by their bytes. It may say yes too often, and never no too often. */
export interface LineJudge {
  start(block: LineBlock): void;
  /** One line, without its newline; lines come in order. */
  wants(from: number, end: number): boolean;
}

const NEWLINE = 10;

/**
 * The records of a part that a judge wants, parsed, block by block: the empty lists are turns for others.
 * @throws SnapshotFileError when the file is damaged, a line is no record, or there are more or fewer than the manifest says. What came before
 * does not count then.
 */
export async function* wantedRecords(part: OpenPart, judge: LineJudge): AsyncGenerator<object[]> {
  let line = 0;
  for await (const block of lineBlocks(part.packed, part.file)) {
    const found: object[] = [];
    judge.start(block);
    for (const [from, end] of linesOf(block)) {
      const place = { file: part.file, line: ++line, offset: block.offset + from };
      if (part.records !== null && line > part.records) throw miscounted(part, `more than ${part.records}`);
      requireRecord(block.buffer, { from, end }, place);
      if (judge.wants(from, end)) found.push(parseLine(block.buffer.toString('utf8', from, end), place));
    }
    yield found;
  }
  if (part.records !== null && line !== part.records) throw miscounted(part, String(line));
}

/** Whole lines of a block, without their newlines and without blank ones. */
export function* linesOf({ buffer, length }: LineBlock): Generator<[from: number, end: number]> {
  for (let from = 0; from < length;) {
    const newline = buffer.indexOf(NEWLINE, from);
    const end = newline < 0 || newline > length ? length : newline;
    if (skipBlank(buffer, from) < end) yield [from, end];
    from = end + 1;
  }
}

/** A line that was cut, or two that ran together, shows at its ends; nothing else of a line that is not wanted is looked at. */
function requireRecord(buffer: Buffer, { from, end }: { from: number; end: number }, { file, line, offset }: LinePlace): void {
  if (buffer[skipBlank(buffer, from)] === byte.open && buffer[lastBefore(buffer, end)] === byte.close) return;
  const shown = JSON.stringify(buffer.toString('utf8', from, Math.min(end, from + 40)));
  throw refusePart(file, { what: `a line that is no whole record, ${shown}…`, line, offset });
}

function miscounted({ file, records }: OpenPart, got: string): Error {
  return refusePart(file, {
    what: `${got} records where the manifest says ${records}`,
    next: 'The snapshot may have been replaced while it was read: start a new vintage from its manifest.',
  });
}
