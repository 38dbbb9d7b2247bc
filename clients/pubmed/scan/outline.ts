import { childrenOf, textOf, textsOf, type XmlElement } from '../element';
import { AMPERSAND, behindTag, isBlank, LESS, SLASH, standsAt } from './ascii';
import type { Held } from './article-texts';
import { GramSearch } from './gram-search';
import type { Member } from './members';
import { parseAt, readScanned } from './record';
import { Unusual } from './unusual';

/** What little is known of an article that need not be read in full. */
export interface Outline {
  pmid: number;
  version: number;
  year: number | null;
  hasAbstract: boolean;
  /** Only of an article whose title or abstract match; as in a PubmedRecord. */
  texts: { title: string | null; abstract: string | null } | null;
}

const TITLE_END = '</ArticleTitle>';
const ABSTRACT = '<Abstract>';
const ABSTRACT_END = '</Abstract>';
const titles = new GramSearch('<ArticleTitle');
const abstracts = new GramSearch(ABSTRACT);
const anyAbstract = new GramSearch('<Abstract');
const PART = Buffer.from('<AbstractText');
/** PMID and year where nearly all records have them; others are read in full. */
const head =
  /^<PubmedArticle>\s*<MedlineCitation(?:\s[^<>]*)?>\s*<PMID Version="([1-9]\d{0,3})">([1-9]\d{0,8})<\/PMID>[^]*?<PubDate>\s*<Year>(\d{4})<\/Year>/;

/** Outlines an article. `matches` says whether its texts are wanted. Throws Unusual, with a place in the window. */
export function readOutline(held: Held, { start, end, awkward }: Member, matches: boolean): Outline {
  const title = awkward ? -1 : titles.find(held.view, start, end);
  const found = title < 0 ? null : head.exec(held.bytes.toString('latin1', start, title));
  if (found === null) return ofRecord(held.bytes, { start, end, awkward });
  const [version = 1, pmid = 0, year = 0] = found.slice(1).map(Number);
  const abstract = abstracts.find(held.view, title, end);
  // With a blank in its tag, or before the title: left to a reading in full.
  const first = anyAbstract.find(held.view, start, end);
  if (first >= 0 && first !== abstract) return ofRecord(held.bytes, { start, end, awkward });
  const known = { pmid, version, year };
  if (!matches && abstract < 0) return { ...known, hasAbstract: false, texts: null };
  if (!matches && beginsWithText(held.bytes, abstract, end)) return { ...known, hasAbstract: true, texts: null };
  const texts = {
    title: textOf(elementAt(held.bytes, title, { close: TITLE_END, end })),
    abstract: abstract < 0 ? null : partsOf(elementAt(held.bytes, abstract, { close: ABSTRACT_END, end })),
  };
  return { ...known, hasAbstract: texts.abstract !== null, texts: matches ? texts : null };
}

function ofRecord(bytes: Buffer, place: Pick<Member, 'start' | 'end' | 'awkward'>): Outline {
  const { pmid, version, year, title, abstract } = readScanned(bytes, place);
  return { pmid, version, year, hasAbstract: abstract !== null, texts: { title, abstract } };
}

function partsOf(element: XmlElement): string | null {
  return textsOf(childrenOf(element, 'AbstractText')).join('\n') || null;
}

/** Whether the first part of an abstract begins with a character of ASCII: no markup, no reference, no white space of another script. */
function beginsWithText(bytes: Buffer, abstract: number, end: number): boolean {
  const part = behindBlanks(bytes, abstract + ABSTRACT.length);
  if (!standsAt(bytes, part, PART)) return false;
  const tag = behindTag(bytes, part, end);
  const byte = tag < 0 ? LESS : bytes[behindBlanks(bytes, tag)]!;
  return byte !== LESS && byte !== AMPERSAND && byte < 0x80;
}

function behindBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at++;
  return at;
}

function elementAt(bytes: Buffer, at: number, { close, end }: { close: string; end: number }): XmlElement {
  const tag = behindTag(bytes, at, end);
  const empty = tag > 0 && bytes[tag - 2] === SLASH;
  const behind = empty ? tag : bytes.indexOf(close, at) + close.length;
  if (tag < 0 || behind < tag || behind > end) throw new Unusual('an element closed in another way', at);
  return parseAt(bytes.toString('utf8', at, behind), at);
}
