import { AMPERSAND, behindTag, isBlank, LESS, SLASH, standsAt, GREATER } from './ascii';
import { readCharacter, readReference, widthOf } from './character';
import type { TextMatcher } from './text-matcher';
import { Unusual } from './unusual';

/** The text of the element has been found to match. */
export const MATCH = -1;
const BLANK = 0x20;

/**
 * Runs a matcher over the text of one element, as a reader sees it: tags within it part nothing, references are decoded.
 * Positions count from the start of the bytes.
 */
export class ElementText {
  readonly #close: Buffer;

  constructor(
    readonly matcher: TextMatcher,
    name: string,
  ) {
    this.#close = Buffer.from(`</${name}`);
  }

  /** @param from behind the opening tag. @returns the place behind the closing one, which is before `end`, or MATCH */
  run(bytes: Buffer, from: number, end: number): number {
    const { classes, shift, next, mark, start } = this.matcher;
    let state = start;
    let depth = 0;
    for (let at = from; ;) {
      while ((state = next[(state << shift) | classes[bytes[at]!]!]!) < mark) at++;
      const byte = bytes[at]!;
      if (byte === LESS) {
        state -= mark;
        if (bytes[at + 1] === SLASH && depth === 0) return this.#behindClose(bytes, at, state);
        const behind = behindTag(bytes, at, end);
        if (behind < 0) throw new Unusual('a tag that does not end within its record', at);
        if (bytes[at + 1] === SLASH) depth--;
        else if (bytes[behind - 2] !== SLASH) depth++;
        at = behind;
      } else if (byte >= 0x80) {
        state = this.matcher.step(state - mark, readCharacter(bytes, at));
        if (state >= mark) return MATCH;
        at += widthOf(byte);
      } else if (byte === AMPERSAND) {
        const read = readReference(bytes, at);
        if (read === null) throw new Unusual('a reference that stands for no character', at);
        state = this.#step(state - mark, read.codePoint);
        if (state >= mark) return MATCH;
        at = read.behind;
      } else if (byte < BLANK && !isBlank(byte)) throw new Unusual('a control character', at);
      else return MATCH;
    }
  }

  /** Text ends like a word does. */
  #behindClose(bytes: Buffer, at: number, state: number): number {
    let behind = at + this.#close.length;
    if (!standsAt(bytes, at, this.#close)) throw new Unusual('a tag closed out of order', at);
    while (isBlank(bytes[behind])) behind++;
    if (bytes[behind] !== GREATER) throw new Unusual('a tag closed out of order', at);
    return this.#after(state, BLANK) >= this.matcher.mark ? MATCH : behind + 1;
  }

  #step(state: number, codePoint: number): number {
    if (codePoint >= 0x80) return this.matcher.step(state, codePoint);
    // Of the stops, a reference can stand for "<" and "&" only, which part words.
    const byte = codePoint === LESS || codePoint === AMPERSAND ? BLANK : codePoint;
    return this.#after(state, byte);
  }

  #after(state: number, byte: number): number {
    const { classes, shift, next } = this.matcher;
    return next[(state << shift) | classes[byte]!]!;
  }
}
