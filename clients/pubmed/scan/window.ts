import { isUtf8 } from 'node:buffer';
import type { ByteSource } from './sources';
import { Unusual } from './unusual';

/** Inflated at a time: stays in the cache of one core. */
const STEP = 256 * 1024;
/** The longest record known is a few hundred KiB; what is longer is left to the conforming reader, which refuses it. */
const MOST = 32 * 1024 * 1024;
const [LESS, BANG, QUESTION] = [0x3c, 0x21, 0x3f];

/**
 * The part of a text being scanned. What is read has been checked: it is UTF-8 without NUL, and the places of "<!" and "<?" are known, so
 * that whoever looks for tags knows where a comment, CDATA section or instruction might fake them.
 */
export class ScanWindow {
  bytes = Buffer.allocUnsafeSlow(2 * STEP);
  view = viewOf(this.bytes);
  /** What has been dealt with ends at `start`; what has been read ends at `end`. */
  start = 0;
  end = 0;
  /** Place of the window's first byte in the text. */
  offset = 0;
  ended = false;
  /** Places of "<!" and "<?" in the text, in order. */
  readonly specials: number[] = [];
  /** All before this is known to be UTF-8. */
  #valid = 0;

  constructor(readonly source: ByteSource) {}

  /** Moves what is left to the front and reads more behind it. False at the end of the text. */
  async fill(): Promise<boolean> {
    if (this.ended) return false;
    this.#makeRoom();
    const from = this.end;
    const count = await this.source.read(this.bytes, from);
    this.end += count;
    this.ended = count === 0;
    this.#check(from);
    return count > 0;
  }

  unusual(what: string, at = this.start): Unusual {
    return new Unusual(what, this.offset + at, true);
  }

  /** Whether a comment, CDATA section or instruction begins before `end`. Asked in order: what is passed is forgotten. */
  isSpecialWithin(start: number, end: number): boolean {
    while (this.specials.length > 0 && this.specials[0]! < this.offset + start) this.specials.shift();
    return this.specials.length > 0 && this.specials[0]! < this.offset + end;
  }

  #makeRoom(): void {
    const held = this.end - this.start;
    if (held > MOST) throw this.unusual('an element of more than 32 MiB');
    const bytes = held + STEP > this.bytes.length ? Buffer.allocUnsafeSlow(2 * (held + STEP)) : this.bytes;
    this.bytes.copy(bytes, 0, this.start, this.end);
    if (bytes !== this.bytes) this.view = viewOf(bytes);
    this.bytes = bytes;
    this.offset += this.start;
    this.#valid -= this.start;
    this.end = held;
    this.start = 0;
  }

  #check(from: number): void {
    const read = this.bytes.subarray(from, this.end);
    if (read.includes(0)) throw this.unusual('a NUL byte', from);
    const whole = this.ended ? this.end : wholeCharacters(this.bytes, this.end);
    if (whole > this.#valid && !isUtf8(this.bytes.subarray(this.#valid, whole)))
      throw this.unusual('bytes that are not UTF-8', this.#valid);
    this.#valid = Math.max(this.#valid, whole);
    this.#noteSpecials(from, read);
  }

  #noteSpecials(from: number, read: Buffer): void {
    const found: number[] = [];
    for (const mark of [BANG, QUESTION])
      for (let at = read.indexOf(mark); at >= 0; at = read.indexOf(mark, at + 1))
        if (this.bytes[from + at - 1] === LESS && from + at > 0) found.push(this.offset + from + at - 1);
    this.specials.push(...found.sort((a, b) => a - b));
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Where the last character begins that may not be whole; `end` if it is. */
function wholeCharacters(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= Math.min(3, end); back++) {
    const byte = bytes[end - back]!;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? end - back : end;
  }
  return end;
}
