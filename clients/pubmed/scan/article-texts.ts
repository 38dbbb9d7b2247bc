import { behindTag, endsName, GREATER, isBlank, LESS, SLASH, standsAt } from './ascii';
import { GramSearch } from './gram-search';
import { Unusual } from './unusual';

/** Instead of a place: the article has no further text, or only reading it in full can tell. */
export const [NONE, UNSURE] = [-1, -2];

/** Bytes, and the same for whoever reads several at a time. */
export interface Held {
  readonly bytes: Buffer;
  readonly view: DataView;
}

const TITLE = '<ArticleTitle';
const titles = new GramSearch(TITLE);
/** The abstract stands before author list and language, if there is one. */
const abstractOrLater = new GramSearch('<Abstract', '<AuthorList', '<Language');
const abstracts = new GramSearch('<Abstract>');
const abstract = Buffer.from('<Abstract');
const abstractEnd = Buffer.from('</Abstract>');
const part = Buffer.from('<AbstractText');
const partEnd = Buffer.from('</AbstractText');
const titleEnd = Buffer.from('</ArticleTitle');

/**
 * Finds the texts of an article one after the other: its title, then each part of its abstract. Gives the places where they begin, behind
 * their opening tags; throws Unusual, with a place in the bytes.
 */
export class ArticleTexts {
  #held: Held = { bytes: Buffer.alloc(0), view: new DataView(new ArrayBuffer(0)) };
  #end = 0;
  #close = titleEnd;

  first(held: Held, start: number, end: number): number {
    this.#held = held;
    this.#end = end;
    this.#close = titleEnd;
    const title = titles.find(held.view, start, end);
    // An abstract before the title is left to the full reading.
    if (title >= 0 && abstracts.find(held.view, start, title) >= 0) return UNSURE;
    return title < 0 ? this.#firstPart(start) : this.#text(title, TITLE.length);
  }

  /** What follows the text that ends at the closing tag at `at`. */
  next(at: number): number {
    const { bytes } = this.#held;
    let behind = at + this.#close.length;
    if (!standsAt(bytes, at, this.#close)) throw new Unusual('a tag closed out of order', at);
    while (isBlank(bytes[behind])) behind++;
    if (bytes[behind] !== GREATER) throw new Unusual('a tag closed out of order', at);
    return this.#following(behind + 1);
  }

  #following(behind: number): number {
    return this.#close === titleEnd ? this.#firstPart(behind) : this.#nextPart(behind);
  }

  #text(tag: number, name: number): number {
    const { bytes } = this.#held;
    const behind = endsName(bytes[tag + name]) ? behindTag(bytes, tag, this.#end) : -1;
    if (behind < 0) throw new Unusual('a tag that was not expected', tag);
    return bytes[behind - 2] === SLASH ? this.#following(behind) : behind;
  }

  #firstPart(from: number): number {
    const { bytes, view } = this.#held;
    const at = abstractOrLater.find(view, from, this.#end);
    if (at < 0) return NONE;
    // An abstract that does not stand where the DTD puts it is left to the full reading.
    if (!standsAt(bytes, at, abstract)) return abstracts.find(view, at, this.#end) < 0 ? NONE : UNSURE;
    if (bytes[at + abstract.length] !== GREATER) return UNSURE;
    this.#close = partEnd;
    return this.#nextPart(at + abstract.length + 1);
  }

  #nextPart(from: number): number {
    const { bytes } = this.#held;
    for (let at = from; at < this.#end; at++) {
      if (bytes[at] !== LESS) continue;
      if (standsAt(bytes, at, part)) return this.#text(at, part.length);
      if (standsAt(bytes, at, abstractEnd)) return NONE;
    }
    throw new Unusual('an abstract that does not end', from);
  }
}
