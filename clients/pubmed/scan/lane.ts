import { AMPERSAND, behindTag, isBlank, LESS, SLASH } from './ascii';
import { ArticleTexts, NONE, type Held } from './article-texts';
import { readCharacter, readReference, widthOf } from './character';
import type { TextMatcher } from './text-matcher';
import { Unusual } from './unusual';

const BLANK = 0x20;

/** Where a matcher is in the texts of an article, as a reader sees them: tags within a text part nothing, references are decoded. */
export class Lane {
  /** The byte to be read next, and the state before it. */
  at = 0;
  state = 0;
  /** The article being read, as whoever reads them counts. */
  article = -1;
  /** Once it is known: whether a text of the article matches. True also where only a full reading can tell. */
  verdict: boolean | null = null;
  readonly #texts = new ArticleTexts();
  #bytes: Buffer = Buffer.alloc(0);
  #end = 0;
  #depth = 0;

  constructor(readonly matcher: TextMatcher) {}

  begin(held: Held, start: number, end: number): void {
    this.#bytes = held.bytes;
    this.#end = end;
    this.verdict = null;
    this.#text(this.#texts.first(held, start, end));
  }

  /** Goes on at the byte at which the matcher stopped, in the present state. */
  pass(): void {
    const byte = this.#bytes[this.at]!;
    if (byte === LESS) this.#tag();
    else if (byte >= 0x80) this.#read(readCharacter(this.#bytes, this.at), this.at + widthOf(byte));
    else if (byte === AMPERSAND) this.#reference();
    else if (byte < BLANK && !isBlank(byte)) throw new Unusual('a control character', this.at);
    else this.#read(byte, this.at + 1);
  }

  #text(begin: number): void {
    if (begin < 0) this.verdict = begin !== NONE;
    this.at = begin;
    this.state = this.matcher.start;
    this.#depth = 0;
  }

  #tag(): void {
    const bytes = this.#bytes;
    const at = this.at;
    const closes = bytes[at + 1] === SLASH;
    if (closes && this.#depth === 0) {
      // A text ends like a word does.
      this.#read(BLANK, at);
      if (this.verdict === null) this.#text(this.#texts.next(at));
      return;
    }
    const behind = behindTag(bytes, at, this.#end);
    if (behind < 0) throw new Unusual('a tag that does not end within its record', at);
    if (closes) this.#depth--;
    else if (bytes[behind - 2] !== SLASH) this.#depth++;
    this.at = behind;
  }

  #reference(): void {
    const read = readReference(this.#bytes, this.at);
    if (read === null) throw new Unusual('a reference that stands for no character', this.at);
    // Of the bytes at which a matcher stops, a reference can stand for "<" and "&" only, which part words.
    this.#read(read.codePoint === LESS || read.codePoint === AMPERSAND ? BLANK : read.codePoint, read.behind);
  }

  #read(codePoint: number, behind: number): void {
    const { classes, shift, next, mark, step } = this.matcher;
    const state = codePoint < 0x80 ? next[(this.state << shift) | classes[codePoint]!]! : step(this.state, codePoint);
    const isFound = state >= mark;
    this.state = isFound ? state - mark : state;
    this.at = behind;
    if (isFound && this.matcher.goesOn(this.state, this.#bytes, behind)) this.verdict = true;
  }
}
