import { isBlank, LESS, SLASH, GREATER, standsAt } from './ascii';
import { GramSearch } from './gram-search';
import type { ScanWindow } from './window';

export interface Member {
  kind: 'article' | 'book' | 'deleted';
  /** Its bytes in the window, tags included. */
  start: number;
  end: number;
  /** Whether it holds a comment, a CDATA section or an instruction, in which tags may be faked. */
  awkward: boolean;
}

const NAME = 'PubmedArticle';
const article = Buffer.from(`<${NAME}>`);
const setEnd = Buffer.from('</PubmedArticleSet>');
const others = [
  { kind: 'book', open: Buffer.from('<PubmedBookArticle>'), close: Buffer.from('</PubmedBookArticle>') },
  { kind: 'deleted', open: Buffer.from('<DeleteCitation>'), close: Buffer.from('</DeleteCitation>') },
] as const;
const articleTags = new GramSearch(NAME);
/** More than any of the tags above: enough to tell what begins. */
const ENOUGH = 32;
/** Blanks that may stand between two records; more is not formatting. */
const MOST_BLANKS = 1024 * 1024;

/** Steps through the records of a set. Throws Unusual on anything but the plain form that NLM writes. */
export class Members {
  #blanks = 0;
  #searched = 0;
  #closed = false;

  constructor(readonly window: ScanWindow) {}

  /** The next record that is wholly in the window; null when more must be read. */
  next(): Member | null {
    this.#skipBlanks();
    const { window } = this;
    if (window.end - window.start < ENOUGH && !window.ended) return null;
    if (this.#closed || window.start === window.end) return this.#atEnd();
    const { bytes, start } = window;
    if (standsAt(bytes, start, article)) return this.#member('article', this.#endOfArticle());
    const other = others.find(({ open }) => standsAt(bytes, start, open));
    if (other !== undefined) return this.#member(other.kind, this.#endOf(other.close));
    if (!standsAt(bytes, start, setEnd)) throw window.unusual('something else where a record should begin');
    window.start += setEnd.length;
    this.#closed = true;
    return this.next();
  }

  #atEnd(): null {
    if (this.#closed && this.window.start === this.window.end) return null;
    if (this.#closed) throw this.window.unusual('something behind the end of the set');
    throw this.window.unusual('a file cut off before </PubmedArticleSet>');
  }

  #member(kind: Member['kind'], end: number): Member | null {
    const { window } = this;
    if (end < 0 && window.ended) throw window.unusual('a file cut off within a record');
    if (end < 0) return null;
    const { start } = window;
    const awkward = window.isSpecialWithin(start, end);
    if (awkward) this.#requireWholeSpecials(end);
    window.start = end;
    this.#searched = 0;
    this.#blanks = 0;
    return { kind, start, end, awkward };
  }

  /** Every tag of that name is looked at, so that one closed with a blank, or opened within another, is not passed over. */
  #endOfArticle(): number {
    const { bytes, view, start, end } = this.window;
    for (let from = Math.max(start + article.length, start + this.#searched); ;) {
      const at = articleTags.find(view, from, end - 1);
      if (at < 0) {
        this.#searched = Math.max(0, end - start - NAME.length - 2);
        return -1;
      }
      if (bytes[at - 1] === LESS) throw this.window.unusual('a record within a record', at);
      if (bytes[at - 1] === SLASH && bytes[at - 2] === LESS) {
        if (bytes[at + NAME.length] === GREATER) return at + NAME.length + 1;
        throw this.window.unusual('a tag written in another way', at);
      }
      from = at + 1;
    }
  }

  #endOf(close: Buffer): number {
    const at = this.window.bytes.subarray(0, this.window.end).indexOf(close, this.window.start);
    return at < 0 ? -1 : at + close.length;
  }

  #requireWholeSpecials(end: number): void {
    const { window } = this;
    let passed = window.start;
    for (const place of window.specials) {
      const at = place - window.offset;
      if (at >= end) return;
      if (at < passed) continue;
      passed = behindSpecial(window.bytes, at, end);
      if (passed < 0) throw window.unusual('a comment, CDATA section or instruction across records', at);
    }
  }

  #skipBlanks(): void {
    const { window } = this;
    const from = window.start;
    while (window.start < window.end && isBlank(window.bytes[window.start])) window.start++;
    this.#blanks += window.start - from;
    if (this.#blanks > MOST_BLANKS) throw window.unusual('more than 1 MiB of blanks between records');
  }
}

const specials = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
].map(([open = '', close = '']) => ({ open: Buffer.from(open), close: Buffer.from(close) }));

function behindSpecial(bytes: Buffer, at: number, end: number): number {
  const special = specials.find(({ open }) => standsAt(bytes, at, open));
  const close = special === undefined ? -1 : bytes.subarray(0, end).indexOf(special.close, at + special.open.length);
  return special === undefined || close < 0 ? -1 : close + special.close.length;
}
