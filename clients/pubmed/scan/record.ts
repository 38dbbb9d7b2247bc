import { readArticle } from '../article';
import type { XmlElement } from '../element';
import { parseElement } from '../markup';
import { MarkupError } from '../markup-error';
import { readOther } from '../others';
import type { PubmedItem, PubmedRecord } from '../record';
import { Unusual } from './unusual';

const REFERENCES_END = '</ReferenceList>';

/** Places in the window, the last one behind. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Reads an article whose bytes are at hand. Lists that say nothing a reader asks for, often most of it, are cut out. */
export function readScanned(bytes: Buffer, { start, end }: Stretch): PubmedRecord {
  const record = readArticle(parseAt(withoutLists(bytes.subarray(start, end)), start));
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

/** Behind the journal's identifiers stand lists of subjects, comments, keywords; behind the article's own ids its references. */
function withoutLists(record: Buffer): string {
  const article = record.indexOf('</Article>');
  const journal = article < 0 ? -1 : behind(record, '</MedlineJournalInfo>', article);
  const citation = journal < 0 ? -1 : record.indexOf('</MedlineCitation>', journal);
  if (citation < 0) return record.toString();
  const references = record.indexOf('<ReferenceList', citation);
  const ended = references < 0 ? -1 : record.lastIndexOf(REFERENCES_END) + REFERENCES_END.length;
  const head = record.toString('utf8', 0, journal);
  if (references < 0 || ended < references) return head + record.toString('utf8', citation);
  return head + record.toString('utf8', citation, references) + record.toString('utf8', ended);
}

function behind(bytes: Buffer, word: string, from: number): number {
  const at = bytes.indexOf(word, from);
  return at < 0 ? -1 : at + word.length;
}
