import { type NamedFile, readMatches, readOutlines, type Rows } from '../../clients/pubmed/bulk-file';
import { PubmedFileError } from '../../clients/pubmed/read';
import type { PubmedItem, PubmedRecord } from '../../clients/pubmed/record';
import { clinicalBits } from '../../methods/clinical';
import { clinicalCues } from '../../methods/clinical-cues';
import { compileKeywords, type KeywordMatcher, type KeywordRule } from '../../methods/keywords';

export const filename = __filename;

export interface Keywords {
  readonly list: readonly string[];
  readonly rule: KeywordRule;
}

export interface Match {
  readonly record: PubmedRecord;
  /** Place in the file, from 1. */
  readonly place: number;
  readonly keywords: string[];
}

/** Any member of a file, articles by what the clinical filters say of them. */
export type ClinicalItem =
  | { kind: 'article'; pmid: number; version: number; year: number | null; hasAbstract: boolean; bits: ReturnType<typeof clinicalBits> }
  | Exclude<PubmedItem, { kind: 'article' }>;

/** What crosses the border of a thread, where errors lose their class. */
export type Read<T> = Rows<T> | { refused: string; offset: number };

/** The articles of a file that have a keyword in title or abstract. */
export async function matchesInFile({ file, keywords }: { file: NamedFile; keywords: Keywords }): Promise<Read<Match>> {
  const { match, bytes } = compiled(keywords);
  return orRefused(() => readMatches(file, bytes, (record, place) => matchOf(record, place, match)));
}

/** An article with the keywords in its title or abstract; null without any. */
export function matchOf(record: PubmedRecord, place: number, match: KeywordMatcher['match']): Match | null {
  const keywords = match([record.title, ...record.abstractParts]);
  return keywords.length === 0 ? null : { record, place, keywords };
}

/** Everything in a file, with one bit per clinical filter for each article. */
export async function clinicalInFile({ file }: { file: NamedFile }): Promise<Read<ClinicalItem>> {
  cues ??= clinicalCues();
  const read = await orRefused(() => readOutlines(file, cues!));
  if ('refused' in read) return read;
  const none = clinicalBits(null, null);
  const rows = read.rows.map((item): ClinicalItem => {
    if (item.kind !== 'article') return item;
    const { texts, ...known } = item.outline;
    return { kind: 'article', ...known, bits: texts === null ? none : clinicalBits(texts.title, texts.abstract) };
  });
  return { ...read, rows };
}

/** The same of an item read in full. */
export function clinicalOf(item: PubmedItem): ClinicalItem {
  if (item.kind !== 'article') return item;
  const { pmid, version, year, title, abstract } = item.record;
  return { kind: 'article', pmid, version, year, hasAbstract: abstract !== null, bits: clinicalBits(title, abstract) };
}

async function orRefused<T>(read: () => Promise<Rows<T>>): Promise<Read<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PubmedFileError) return { refused: error.message, offset: error.offset };
    throw error;
  }
}

let cues: ReturnType<typeof clinicalCues> | null = null;
let last: { name: string; match: KeywordMatcher['match']; bytes: ReturnType<KeywordMatcher['bytes']> } | null = null;

/** Compiling costs as much as a tenth of a file, and files come by the thousand. */
function compiled({ list, rule }: Keywords): NonNullable<typeof last> {
  const name = JSON.stringify([list, rule]);
  if (last?.name === name) return last;
  const { match, bytes } = compileKeywords(list, rule);
  return (last = { name, match, bytes: bytes() });
}
