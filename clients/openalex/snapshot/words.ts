import { Finder } from './finder';
import { afterString, byte, skipBlank } from './json-bytes';
import type { LineBlock } from './lines';
import { hashByte, hashStart, type WordTable } from './word-table';

const { quote, backslash, colon, comma, open, openList, closeList } = byte;

const TITLE = 'title"';
const TITLE_BYTES = Buffer.from(TITLE);
const INDEX_BYTES = Buffer.from('"abstract_inverted_index');

/** Class of each byte in a text: 0 parts words, 1 needs decoding, else the folded byte of a word. */
const folded = Uint8Array.from({ length: 256 }, (_, value) => {
  if (value >= 0x80 || value === backslash) return 1;
  const isUpper = value >= 0x41 && value <= 0x5a;
  const isWord = isUpper || (value >= 0x61 && value <= 0x7a) || (value >= 0x30 && value <= 0x39);
  return isUpper ? value | 0x20 : isWord ? value : 0;
});

/**
 * Tells lines of works that may have a phrase in title or abstract, without parsing them: all words of one phrase occur. An abstract is an index of
 * words, so a phrase never stands there as such; which of the candidates truly match is for the matcher to say, on the parsed record.
 */
export class WordScanner {
  readonly #titles = new Finder(TITLE);
  // The end of the name, for its rare letter: the search looks for the first byte.
  readonly #indexes = new Finder('x"');
  readonly #filled: Int32Array;
  readonly #counts: Int32Array;
  readonly #counted: Int32Array;
  #line = 0;
  #isCandidate = false;
  #buffer: Buffer = Buffer.alloc(0);

  /** @param fold the matcher's own: text as its words see it, parted by blanks */
  constructor(
    readonly table: WordTable,
    readonly fold: (text: string) => string,
  ) {
    this.#filled = new Int32Array(table.phraseOf.length);
    this.#counts = new Int32Array(table.sizes.length);
    this.#counted = new Int32Array(table.sizes.length);
  }

  start(block: Pick<LineBlock, 'buffer' | 'length'>): void {
    this.#buffer = block.buffer;
    this.#titles.start(block);
    this.#indexes.start(block);
  }

  /** Whether a line of the block, without its newline, is a candidate. Lines come in order. */
  scan(from: number, end: number): boolean {
    if (this.table.takesAll) return true;
    this.#line += 1;
    this.#isCandidate = false;
    const title = this.#titleInFront(from, end);
    if (title > 0) this.#readTitle(title, end);
    else
      for (let at = this.#titles.within(from, end); at >= 0; at = this.#titles.within(at + 1, end)) this.#readTitle(at + TITLE.length, end);
    for (let at = this.#indexes.within(from, end); at >= 0 && !this.#isCandidate; at = this.#indexes.within(at + 1, end)) {
      if (this.#endsName(at + 1)) this.#readAbstract(at + 'x"'.length, end);
    }
    return this.#isCandidate;
  }

  /**
   * Behind the name of the title if it stands among the first values of the record, before any list or object: there most lines have it, and then
   * the rest need not be searched for one. 0 otherwise.
   */
  #titleInFront(from: number, end: number): number {
    const buffer = this.#buffer;
    for (let at = skipBlank(buffer, from + 1); at < end && buffer[at] === quote; at = skipBlank(buffer, at + 1)) {
      const behind = afterString(buffer, at + 1, end);
      if (behind - at === TITLE.length + 1 && buffer.compare(TITLE_BYTES, 0, TITLE.length, at + 1, behind) === 0) return behind;
      const value = this.#valueBehind(behind);
      if (value < 0 || buffer[value] === open || buffer[value] === openList) return 0;
      at = buffer[value] === quote ? afterString(buffer, value + 1, end) : buffer.indexOf(comma, value);
      at = skipBlank(buffer, at);
      if (at < from || buffer[at] !== comma) return 0;
    }
    return 0;
  }

  #readTitle(behindName: number, end: number): void {
    const value = this.#valueBehind(behindName);
    if (this.#buffer[value] === quote) this.#readString(value + 1, end);
  }

  #endsName(quoteAt: number): boolean {
    const at = quoteAt - INDEX_BYTES.length;
    return at >= 0 && this.#buffer.compare(INDEX_BYTES, 0, INDEX_BYTES.length, at, quoteAt) === 0;
  }

  #readAbstract(behindName: number, end: number): void {
    const value = this.#valueBehind(behindName);
    if (this.#buffer[value] === open) this.#readIndex(value + 1, end);
    // Kept as a text in some editions of the snapshot.
    else if (this.#buffer[value] === quote) this.#isCandidate = true;
  }

  /** Where the value of a name begins that ends before `at`; -1 if it is no name. */
  #valueBehind(at: number): number {
    const sign = skipBlank(this.#buffer, at);
    return this.#buffer[sign] === colon ? skipBlank(this.#buffer, sign + 1) : -1;
  }

  /** The names of the index are its words. What is not written as an index always is makes the line a candidate. */
  #readIndex(at: number, end: number): void {
    const buffer = this.#buffer;
    for (at = skipBlank(buffer, at); at < end && buffer[at] === quote;) {
      at = this.#readString(at + 1, end);
      const list = this.#valueBehind(at);
      if (buffer[list] !== openList) break;
      for (at = list + 1; at < end && buffer[at] !== closeList;) at += 1;
      at = skipBlank(buffer, at + 1);
      if (buffer[at] === byte.close) return;
      if (buffer[at] !== comma) break;
      at = skipBlank(buffer, at + 1);
    }
    if (buffer[at] !== byte.close) this.#isCandidate = true;
  }

  /** The words of a string. @returns behind its closing quote */
  #readString(from: number, end: number): number {
    const { table } = this;
    const hasPrefixes = table.prefixLengths.length > 0;
    const buffer = this.#buffer;
    let hash = hashStart;
    let length = 0;
    for (let at = from; at < end; at++) {
      const value = folded[buffer[at]!]!;
      if (value > 1) {
        hash = hashByte(hash, value);
        length += 1;
        if (hasPrefixes && table.prefixLengths[length]) this.#fill(table.prefix(hash));
        continue;
      }
      if (value === 1) return this.#decode(from, end);
      if (length > 0) {
        this.#fill(table.exact(hash));
        hash = hashStart;
        length = 0;
      }
      if (buffer[at] === quote) return at + 1;
    }
    return end;
  }

  /** A string with letters beyond ASCII, or escapes, is read as the matcher reads it. */
  #decode(from: number, end: number): number {
    const behind = afterString(this.#buffer, from, end);
    for (const word of this.fold(this.#textOf(from, behind)).split(' ')) this.#addWord(Buffer.from(word));
    return behind;
  }

  #textOf(from: number, behind: number): string {
    try {
      return String(JSON.parse(this.#buffer.toString('utf8', from - 1, behind)));
    } catch {
      // No string of JSON: the line is read in full, and refused there.
      this.#isCandidate = true;
      return '';
    }
  }

  #addWord(word: Buffer): void {
    let hash = hashStart;
    word.forEach((value, index) => {
      hash = hashByte(hash, value);
      if (this.table.prefixLengths[index + 1]) this.#fill(this.table.prefix(hash));
    });
    this.#fill(this.table.exact(hash));
  }

  #fill(places: readonly number[] | undefined): void {
    if (places === undefined) return;
    for (const place of places) {
      if (this.#filled[place] === this.#line) continue;
      this.#filled[place] = this.#line;
      const phrase = this.table.phraseOf[place]!;
      const before = this.#counted[phrase] === this.#line ? this.#counts[phrase]! : 0;
      this.#counted[phrase] = this.#line;
      this.#counts[phrase] = before + 1;
      if (before + 1 === this.table.sizes[phrase]) this.#isCandidate = true;
    }
  }
}
