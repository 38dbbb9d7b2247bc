import { Inflater } from './inflate';
import { refusePart, type SnapshotFileError } from './part-error';

const MEBIBYTE = 2 ** 20;
/** Inflated at one go: large enough that calls cost nothing, small enough to stay in the cache. */
const STEP_BYTES = MEBIBYTE / 2;
const WINDOW_BYTES = 4 * MEBIBYTE;
/** The longest line known is about 10 MiB (thousands of authors). What is longer is no record, and would fill the memory. */
const LONGEST_LINE_BYTES = 64 * MEBIBYTE;
const NEWLINE = 10;
const NUL = 0;

/** Whole lines in a buffer that is used again: valid until the next block. */
export interface LineBlock {
  readonly buffer: Buffer;
  /** Bytes that hold whole lines, the last newline included; the last line of a file may lack it. */
  readonly length: number;
  /** Where the block begins in the inflated file. */
  readonly offset: number;
}

/**
 * The lines of a packed file, block by block.
 * @param file name for messages
 * @throws SnapshotFileError with the offset: cut or damaged gzip, NUL bytes, a line without end
 */
export async function* lineBlocks(packed: AsyncIterable<Buffer>, file: string): AsyncGenerator<LineBlock> {
  const window = new Window(file);
  try {
    for await (const piece of packed) yield* window.take(piece);
    yield* window.end();
  } finally {
    window.close();
  }
}

class Window {
  readonly #inflater = new Inflater();
  #buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  #filled = 0;
  /** Where the first byte held stands in the inflated file. */
  #offset = 0;
  /** Bytes at the front that are known to hold no newline. */
  #searched = 0;

  constructor(readonly file: string) {}

  *take(piece: Buffer): Generator<LineBlock> {
    this.#inflater.feed(piece);
    for (;;) {
      this.#makeRoom();
      const got = this.#inflate(() => this.#inflater.fill(this.#buffer, this.#filled, STEP_BYTES));
      yield* this.#grown(got);
      if (got < STEP_BYTES && this.#inflater.isUsedUp) return;
    }
  }

  *end(): Generator<LineBlock> {
    this.#makeRoom();
    yield* this.#grown(this.#inflate(() => this.#inflater.finish(this.#buffer, this.#filled)));
    if (this.#filled > 0) yield* this.#give(this.#filled);
  }

  close(): void {
    this.#inflater.close();
  }

  *#grown(bytes: number): Generator<LineBlock> {
    const from = this.#filled;
    this.#filled += bytes;
    const nul = this.#buffer.subarray(from, this.#filled).indexOf(NUL);
    if (nul >= 0) throw this.#refuse('a NUL byte', from + nul);
    const last = this.#buffer.subarray(this.#searched, this.#filled).lastIndexOf(NEWLINE);
    if (last >= 0) yield* this.#give(this.#searched + last + 1);
    else if (this.#filled > LONGEST_LINE_BYTES) throw this.#refuse(`a line of more than ${LONGEST_LINE_BYTES / MEBIBYTE} MiB`, 0);
    this.#searched = this.#filled;
  }

  *#give(length: number): Generator<LineBlock> {
    yield { buffer: this.#buffer, length, offset: this.#offset };
    this.#buffer.copyWithin(0, length, this.#filled);
    this.#filled -= length;
    this.#offset += length;
  }

  #makeRoom(): void {
    if (this.#buffer.length - this.#filled >= STEP_BYTES) return;
    const wider = Buffer.allocUnsafe(this.#buffer.length * 2);
    this.#buffer.copy(wider, 0, 0, this.#filled);
    this.#buffer = wider;
  }

  #inflate(step: () => number): number {
    try {
      return step();
    } catch (error) {
      throw this.#refuse(`gzip that does not inflate: ${error instanceof Error ? error.message : String(error)}`, this.#filled);
    }
  }

  #refuse(what: string, at: number): SnapshotFileError {
    return refusePart(this.file, { what, offset: this.#offset + at });
  }
}
