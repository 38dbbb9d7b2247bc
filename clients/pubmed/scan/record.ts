import { readArticle } from '../article';
import type { XmlElement } from '../element';
import { parseElement } from '../markup';
import { MarkupError } from '../markup-error';
import { readOther } from '../others';
import type { PubmedItem, PubmedRecord } from '../record';
import type { Member } from './members';
import { Unusual } from './unusual';

const HISTORY_END = '</History>';
const REFERENCES_END = '</ReferenceList>';

/** Places in the window, the last one behind. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Reads an article whose bytes are at hand. What says nothing a reader asks for, often most of it, is cut out. */
export function readScanned(bytes: Buffer, { start, end, awkward }: Pick<Member, 'start' | 'end' | 'awkward'>): PubmedRecord {
  const text = bytes.toString('utf8', start, end);
  // Where tags may be faked, nothing is cut out by its tags.
  const plain = awkward ? text : withoutLists(text);
  const record = articleOf(plain, start);
  // The history tells the year where nothing else does.
  return record.year === null && plain !== text ? articleOf(text, start) : record;
}

function articleOf(text: string, start: number): PubmedRecord {
  const record = readArticle(parseAt(text, start));
  if (record === null) throw new Unusual('a PubmedArticle without a PMID', start);
  return record;
}

/** Reads a book or a list of deleted PMIDs. */
export function readScannedOther(bytes: Buffer, { start, end }: Stretch): Exclude<PubmedItem, { kind: 'article' }> {
  return readOther(parseAt(bytes.toString('utf8', start, end), start), (what) => new Unusual(what, start));
}

/** Parses an element that begins at a place of the window. */
export function parseAt(text: string, start: number): XmlElement {
  try {
    return parseElement(text);
  } catch (error) {
    throw error instanceof MarkupError ? new Unusual(error.message, start) : error;
  }
}

/**
 * An article without the dates before it, the lists of subjects, comments and keywords behind the journal's identifiers, its history, and its
 * references. One that is not in the order of the DTD is left as it is.
 */
function withoutLists(text: string): string {
  const pmid = behind(text, '</PMID>', 0);
  const article = text.indexOf('<Article ', pmid);
  const articleEnd = text.indexOf('</Article>', article);
  const journal = behind(text, '</MedlineJournalInfo>', articleEnd);
  const citation = text.indexOf('</MedlineCitation>', journal);
  if (pmid < 0 || article < 0 || journal < 0 || citation < 0) return text;
  if (text.includes('<Article>') || text.indexOf('<MedlineJournalInfo') < articleEnd) return text;
  return text.slice(0, pmid) + text.slice(article, journal) + withoutReferences(withoutHistory(text.slice(citation)));
}

function withoutHistory(data: string): string {
  const history = data.indexOf('<History>');
  const ended = behind(data, HISTORY_END, history);
  return history < 0 || ended < 0 || data.includes('<History', ended) ? data : data.slice(0, history) + data.slice(ended);
}

function withoutReferences(data: string): string {
  const references = data.indexOf('<ReferenceList');
  const ended = data.lastIndexOf(REFERENCES_END) + REFERENCES_END.length;
  // References have lists of ids too: the article's own must stand before them.
  const ids = data.indexOf('<ArticleIdList');
  return references < 0 || ended < references || ids < 0 || ids > references ? data : data.slice(0, references) + data.slice(ended);
}

/** -1 where there is no place to look from, too. */
function behind(text: string, word: string, from: number): number {
  const at = from < 0 ? -1 : text.indexOf(word, from);
  return at < 0 ? -1 : at + word.length;
}
