import { refuse, type PubmedFileError, type Refusal } from './file-error';

/** The longest record known is a few hundred KiB. What is longer is not a record, and would fill the memory. */
const maxHeldBytes = 32 * 1024 * 1024;

/**
 * The part of a byte stream being looked at: grows at its end as the stream is read, is dropped from its start.
 * Positions are relative to the first byte held; `offset` is where that byte stands in the stream.
 */
export class ByteWindow {
  #buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  #chunks: AsyncIterator<Uint8Array>;
  offset = 0;

  constructor(
    chunks: AsyncIterable<Uint8Array>,
    readonly file: string,
  ) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** A view, valid until the window grows. */
  slice(from: number, to: number): Buffer {
    return this.#buffer.subarray(this.#start + from, Math.min(this.#start + to, this.#end));
  }

  /** The byte at a position, read from the stream if need be; undefined behind its end. */
  async byteAt(position: number): Promise<number | undefined> {
    while (position >= this.length) if (!(await this.#grow())) return undefined;
    return this.#buffer[this.#start + position];
  }

  async startsWith(text: string, at = 0): Promise<boolean> {
    await this.byteAt(at + text.length - 1);
    return this.slice(at, at + text.length).equals(Buffer.from(text));
  }

  /** Position of the next `needle` at or behind `from`, or -1 if the stream ends without one. */
  async find(needle: string, from: number): Promise<number> {
    for (let searched = from; ;) {
      const found = this.#buffer.subarray(0, this.#end).indexOf(needle, this.#start + searched);
      if (found >= 0) return found - this.#start;
      searched = Math.max(from, this.length - needle.length + 1);
      if (!(await this.#grow())) return -1;
    }
  }

  drop(count: number): void {
    this.#start += count;
    this.offset += count;
  }

  /** Lets the source close its file or connection; safe to call at any time. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** The error for what stands at a position of this window. */
  refuse({ what, offset: position, next }: Refusal): PubmedFileError {
    return refuse(this.file, { what, offset: this.offset + position, next });
  }

  async #grow(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done) return false;
    if (this.length > maxHeldBytes) throw this.refuse({ what: 'an element of more than 32 MiB', offset: 0 });
    if (this.#end + value.length > this.#buffer.length) this.#makeRoom(value.length);
    this.#buffer.set(value, this.#end);
    this.#end += value.length;
    return true;
  }

  #makeRoom(count: number): void {
    const held = this.#buffer.subarray(this.#start, this.#end);
    const needed = held.length + count;
    // At least half of the buffer is free after each move, so that moving costs a constant share of reading.
    const roomy = needed * 2 > this.#buffer.length ? Buffer.allocUnsafe(needed * 2) : this.#buffer;
    held.copy(roomy, 0);
    this.#buffer = roomy;
    this.#end = held.length;
    this.#start = 0;
  }
}
