import { createReadStream } from 'node:fs';
import { readPubmed } from './read';
import type { PubmedItem } from './record';
import { type OutlineItem, type Pick, scanMatches, scanOutlines } from './scan/scan';
import { type ByteSource, openText } from './scan/sources';
import type { TextMatcher } from './scan/text-matcher';
import { Unusual } from './scan/unusual';

/** A file on this machine; errors call it by `name`. */
export interface NamedFile {
  path: string;
  name: string;
}

/** What was read. `unusual` says why, and at which byte, a file had to be read in full, which is slower and gives the same. */
export interface Rows<T> {
  rows: T[];
  unusual: string | null;
}

/**
 * The articles of a file whose title or abstract match, in order. A file in the plain form that NLM writes is scanned, and only matching
 * articles are read; any other is read in full. `pick` decides in the end: it may be given articles that do not match.
 * @throws PubmedFileError if it is not one complete PubmedArticleSet; nothing of it counts then
 */
export function readMatches<T>(file: NamedFile, matcher: TextMatcher, pick: Pick<T>): Promise<Rows<T>> {
  return scanned(
    file,
    (source) => scanMatches(source, matcher, pick),
    (item, place) => (item.kind === 'article' ? pick(item.record, place) : null),
  );
}

/**
 * Everything in a file in outline, in order, with the texts of at least the articles that match.
 * @throws PubmedFileError as above
 */
export function readOutlines(file: NamedFile, matcher: TextMatcher): Promise<Rows<OutlineItem>> {
  return scanned(file, (source) => scanOutlines(source, matcher), outlineOf);
}

function outlineOf(item: PubmedItem): OutlineItem {
  if (item.kind !== 'article') return item;
  const { pmid, version, year, title, abstract } = item.record;
  return { kind: 'article', outline: { pmid, version, year, hasAbstract: abstract !== null, texts: { title, abstract } } };
}

type Scan<T> = (source: ByteSource) => Promise<T[]>;
type Take<T> = (item: PubmedItem, place: number) => T | null;

async function scanned<T>(file: NamedFile, scan: Scan<T>, take: Take<T>): Promise<Rows<T>> {
  try {
    return { rows: await scan(openText(file.path)), unusual: null };
  } catch (error) {
    if (!(error instanceof Unusual)) throw error;
    return { rows: await readInFull(file, take), unusual: `${error.message} at byte ${error.offset}` };
  }
}

async function readInFull<T>({ path, name }: NamedFile, take: Take<T>): Promise<T[]> {
  const rows: T[] = [];
  let place = 0;
  for await (const item of readPubmed(createReadStream(path), name)) {
    const row = take(item, ++place);
    if (row !== null) rows.push(row);
  }
  return rows;
}
