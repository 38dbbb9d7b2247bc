import { type NamedFile, readMatches, readOutlines, type Rows } from '../../clients/pubmed/bulk-file';
import { PubmedFileError } from '../../clients/pubmed/read';
import type { PubmedItem, PubmedRecord } from '../../clients/pubmed/record';
import { clinicalBits, type ClinicalRule } from '../../methods/clinical';
import { clinicalCues } from '../../methods/clinical-cues';
import { keywordReader, type KeywordParams } from './keyword-hits';

export const filename = __filename;

type Reader = ReturnType<typeof keywordReader>;

/** What is told of every hit, and of those of the study the text and all else that later steps read. */
export type Hit = NonNullable<ReturnType<typeof hitOf>>;

/** Any member of a file, articles by what the clinical filters say of them. */
export type ClinicalItem =
  | { kind: 'article'; pmid: number; version: number; year: number | null; hasAbstract: boolean; bits: ReturnType<typeof clinicalBits> }
  | Exclude<PubmedItem, { kind: 'article' }>;

/** What crosses the border of a thread, where errors lose their class. */
export type Read<T> = Rows<T> | { refused: string; offset: number };

/** The articles of a file that have a keyword in title or abstract, under any rule or of the compared list. */
export async function hitsInFile({ file, keywords }: { file: NamedFile; keywords: KeywordParams }): Promise<Read<Hit>> {
  const { read, bytes } = keywordReader(keywords);
  return orRefused(() => readMatches(file, bytes(), (record, place) => hitOf(record, place, read)));
}

/** An article with what the keywords say of it; null when they say nothing. `record` is its place in the file, from 1. */
export function hitOf(record: PubmedRecord, place: number, read: Reader['read']) {
  const reading = read(record.title, record.abstractParts);
  if (reading === null) return null;
  const { pmid, version, year, publicationTypes } = record;
  const at = { pmid, version, record: place, year, publication_types: publicationTypes };
  return { ...at, ...reading, ...(reading.matched ? textOf(record) : nothing) };
}

function textOf(record: PubmedRecord) {
  const { title, abstract, journal, nlmUniqueId, issns, doi, language } = record;
  const authors = record.authors.map((author) => ({ personal: author.collective === null, affiliations: author.affiliations }));
  return { title, abstract, journal, nlm_id: nlmUniqueId, issns, doi, language, authors };
}

const nothing = { title: null, abstract: null, journal: null, nlm_id: null, issns: null, doi: null, language: null, authors: null };

/** Everything in a file, with one bit per clinical filter for each article. */
export async function clinicalInFile({ file, filter }: { file: NamedFile; filter: ClinicalRule | null }): Promise<Read<ClinicalItem>> {
  const own = filter ?? undefined;
  const read = await orRefused(() => readOutlines(file, cuesOf(own?.entries ?? [])));
  if ('refused' in read) return read;
  const none = clinicalBits(null, null, own);
  const rows = read.rows.map((item): ClinicalItem => {
    if (item.kind !== 'article') return item;
    const { texts, ...known } = item.outline;
    return { kind: 'article', ...known, bits: texts === null ? none : clinicalBits(texts.title, texts.abstract, own) };
  });
  return { ...read, rows };
}

/** The same of an item read in full. */
export function clinicalOf(item: PubmedItem, own?: ClinicalRule): ClinicalItem {
  if (item.kind !== 'article') return item;
  const { pmid, version, year, title, abstract } = item.record;
  return { kind: 'article', pmid, version, year, hasAbstract: abstract !== null, bits: clinicalBits(title, abstract, own) };
}

async function orRefused<T>(read: () => Promise<Rows<T>>): Promise<Read<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PubmedFileError) return { refused: error.message, offset: error.offset };
    throw error;
  }
}

let cues: { readonly asked: string; readonly bytes: ReturnType<typeof clinicalCues> } | null = null;

function cuesOf(entries: readonly string[]): ReturnType<typeof clinicalCues> {
  const asked = entries.join('\n');
  cues = cues?.asked === asked ? cues : { asked, bytes: clinicalCues(entries) };
  return cues.bytes;
}
