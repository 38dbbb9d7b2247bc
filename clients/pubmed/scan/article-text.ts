import { behindTag, endsName, GREATER, LESS, SLASH, standsAt } from './ascii';
import { ElementText, MATCH } from './element-text';
import { GramSearch } from './gram-search';
import type { TextMatcher } from './text-matcher';
import { Unusual } from './unusual';

const TITLE = '<ArticleTitle';
const titles = new GramSearch(TITLE);
const abstracts = new GramSearch('<Abstract>');
const abstract = Buffer.from('<Abstract');
const abstractEnd = Buffer.from('</Abstract>');
const part = Buffer.from('<AbstractText');
/** The abstract stands before these, if there is one. */
const later = [Buffer.from('<AuthorList'), Buffer.from('<Language')];

/** Bytes, and the same for whoever reads several at a time. */
export interface Held {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Decides whether title or abstract of an article match, each part of the abstract being a text of its own. */
export class ArticleText {
  readonly #title: ElementText;
  readonly #part: ElementText;

  constructor(matcher: TextMatcher) {
    this.#title = new ElementText(matcher, 'ArticleTitle');
    this.#part = new ElementText(matcher, 'AbstractText');
  }

  /** True also where only a full reading can tell. Throws Unusual, with a place in these bytes. */
  matches({ bytes, view }: Held, start: number, end: number): boolean {
    const title = titles.find(view, start, end);
    const behind = title < 0 ? start : this.#element(this.#title, { bytes, at: title, name: TITLE.length, end });
    return behind === MATCH || this.#abstract({ bytes, view }, behind, end);
  }

  #element(text: ElementText, { bytes, at, name, end }: { bytes: Buffer; at: number; name: number; end: number }): number {
    const behind = endsName(bytes[at + name]) ? behindTag(bytes, at, end) : -1;
    if (behind < 0) throw new Unusual('a tag that was not expected', at);
    return bytes[behind - 2] === SLASH ? behind : text.run(bytes, behind, end);
  }

  #abstract({ bytes, view }: Held, from: number, end: number): boolean {
    for (let at = nextTag(bytes, from, end); at < end; at = nextTag(bytes, at + 1, end)) {
      if (standsAt(bytes, at, abstract)) {
        if (bytes[at + abstract.length] !== GREATER) return true;
        return this.#parts(bytes, at + abstract.length + 1, end);
      }
      // No abstract where the DTD puts it. One that stands elsewhere is left to the full reading.
      if (later.some((tag) => standsAt(bytes, at, tag))) return abstracts.find(view, at, end) >= 0;
    }
    return false;
  }

  #parts(bytes: Buffer, from: number, end: number): boolean {
    for (let at = nextTag(bytes, from, end); at < end;) {
      if (standsAt(bytes, at, abstractEnd)) return false;
      if (!standsAt(bytes, at, part)) at++;
      else at = this.#element(this.#part, { bytes, at, name: part.length, end });
      if (at === MATCH) return true;
      at = nextTag(bytes, at, end);
    }
    throw new Unusual('an abstract that does not end', from);
  }
}

function nextTag(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== LESS) at++;
  return at;
}
