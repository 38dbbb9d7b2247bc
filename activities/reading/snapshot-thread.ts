import { ZodError } from 'zod';
import { fields } from '../../clients/openalex/fields';
import { readWork, type WorkRecord } from '../../clients/openalex/records';
import { idNumber, IdTable } from '../../clients/openalex/snapshot/id-table';
import { LinkScanner } from '../../clients/openalex/snapshot/links';
import { wantedRecords, type LineJudge } from '../../clients/openalex/snapshot/part';
import { SnapshotFileError } from '../../clients/openalex/snapshot/part-error';
import { openPart } from '../../clients/openalex/snapshot/source';
import { soughtWorks } from '../../clients/openalex/snapshot/sought';
import { WordTable } from '../../clients/openalex/snapshot/word-table';
import { WordScanner } from '../../clients/openalex/snapshot/words';
import { clinicalBits, type ClinicalBits, type ClinicalRule } from '../../methods/clinical';
import { invertedIndexToText } from '../../methods/inverted-index';
import { fold } from '../../methods/keywords';
import { clinicalPhrases } from './word-phrases';

export const filename = __filename;

/** A part on this machine; errors call it by its path in the snapshot. */
export interface LocalPart {
  readonly at: string;
  readonly path: string;
  readonly records: number;
}

/** A table as it crosses the border of a thread: its memory is shared, not copied. */
export type SharedTable = Pick<IdTable, 'keys' | 'values' | 'bits'>;

export interface SoughtTables {
  readonly pmids: SharedTable;
  readonly dois: ReadonlySet<string>;
  readonly sources: SharedTable;
}

export type FoundWork = Readonly<{
  work: string;
  pmid: number | null;
  doi: string | null;
  source: string | null;
  year: number | null;
  record: string;
  isExpansion: boolean;
}>;

export type FoundLink = Readonly<
  {
    focal: string;
    citing: string;
    merged: boolean;
    year: number | null;
    date: string | null;
    pmid: number | null;
    retracted: boolean;
    has_abstract: boolean;
  } & ClinicalBits & { isExpansion: boolean }
>;

/** What crosses the border of a thread, where errors lose their class. */
export type ReadRows<Row> = { rows: Row[] } | { refused: string; offset: number | null };

const kept = new Set(fields.link.split(','));
const NOT_CLINICAL = clinicalBits(null, null);

/** Works of a part that have one of the PMIDs or DOIs, or are in one of the sources. */
export function worksInPart({ part, tables }: { part: LocalPart; tables: SoughtTables }): Promise<ReadRows<FoundWork>> {
  const sought = { pmids: IdTable.over(tables.pmids), dois: tables.dois, sources: IdTable.over(tables.sources) };
  // The scan may want a line for a source or DOI that stands elsewhere in it.
  const isSought = ({ pmid, doi, source }: WorkRecord): boolean =>
    sought.pmids.has(pmid ?? 0) || (doi !== null && sought.dois.has(doi)) || sought.sources.has(idNumber(source?.id ?? '') ?? 0);
  return orRefused(async () => {
    const rows: FoundWork[] = [];
    for await (const records of wantedRecords(openPart(part.at, part), soughtWorks(sought))) {
      for (const raw of records) {
        const work = readWork(raw, 'single');
        if (isSought(work)) rows.push(foundWork(work, raw));
      }
    }
    return rows;
  });
}

interface LinksTask {
  readonly part: LocalPart;
  readonly focal: SharedTable;
  /** The study's own clinical filter. */
  readonly filter: ClinicalRule | null;
}

/** Links from works of a part to the focal works: number of a named work → number of the focal one it stands for. */
export function linksInPart({ part, focal, filter }: LinksTask): Promise<ReadRows<FoundLink>> {
  const table = IdTable.over(focal);
  const judge = new CitingJudge(table);
  // The words of a filter of the study's own are not among those that are scanned for.
  const bitsOf = (work: WorkRecord, mayBeClinical: boolean): ClinicalBits =>
    mayBeClinical || filter !== null ? bitsOfText(work, filter ?? undefined) : NOT_CLINICAL;
  return orRefused(async () => {
    const rows: FoundLink[] = [];
    for await (const records of wantedRecords(openPart(part.at, part), judge))
      records.forEach((raw, index) => rows.push(...linksOf(raw, table, (work) => bitsOf(work, judge.mayBeClinical[index]!))));
    return rows;
  });
}

/** Wants lines that may cite; of those it says which may be clinical, so that the text of the others need not be put together. */
class CitingJudge implements LineJudge {
  mayBeClinical: boolean[] = [];
  readonly #links: LinkScanner;
  readonly #words = new WordScanner(new WordTable(clinicalPhrases), fold);

  constructor(focal: IdTable) {
    this.#links = new LinkScanner(focal);
  }

  start(block: Parameters<LineJudge['start']>[0]): void {
    this.mayBeClinical = [];
    this.#links.start(block);
    this.#words.start(block);
  }

  wants(from: number, end: number): boolean {
    if (this.#links.scan(from, end).verdict === 'no') return false;
    this.mayBeClinical.push(this.#words.scan(from, end));
    return true;
  }
}

function foundWork({ id, pmid, doi, source, year }: WorkRecord, raw: object): FoundWork {
  const record = JSON.stringify(Object.fromEntries(Object.entries(raw).filter(([name]) => kept.has(name))));
  return { work: id, pmid, doi, source: source?.id ?? null, year, record, isExpansion: isExpansion(raw) };
}

function linksOf(raw: object, focal: IdTable, bitsOf: (work: WorkRecord) => ClinicalBits): FoundLink[] {
  const work = readWork(raw, 'single');
  const cited = new Map<string, boolean>();
  for (const named of work.referencedWorks) {
    const value = focal.get(idNumber(named) ?? 0);
    // Named itself, or through another one that was merged into it.
    if (value !== 0) cited.set(`W${value}`, (cited.get(`W${value}`) ?? true) && `W${value}` !== named);
  }
  if (cited.size === 0) return [];
  const { id, year, date, pmid, retracted } = work;
  const has_abstract = work.abstractInvertedIndex !== null;
  const rest = { citing: id, year, date, pmid, retracted, has_abstract, ...bitsOf(work), isExpansion: isExpansion(raw) };
  return [...cited].map(([one, merged]) => ({ focal: one, merged, ...rest }));
}

function bitsOfText({ title, abstractInvertedIndex: index }: WorkRecord, own: ClinicalRule | undefined): ClinicalBits {
  return clinicalBits(title, index === null ? null : invertedIndexToText(index), own);
}

/** Works of OpenAlex's expansion corpus, which lists of the API leave out. */
function isExpansion(raw: object): boolean {
  return 'is_xpac' in raw && raw.is_xpac === true;
}

async function orRefused<Row>(read: () => Promise<Row[]>): Promise<ReadRows<Row>> {
  try {
    return { rows: await read() };
  } catch (error) {
    if (error instanceof SnapshotFileError) return { refused: error.message, offset: error.offset };
    if (error instanceof ZodError) return { refused: misshapen(error), offset: null };
    throw error;
  }
}

function misshapen(error: ZodError): string {
  const reason = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return `Expected works as OpenAlex documents them, got one of another shape: ${reason}. The snapshot may have changed; look for a newer version of this program.`;
}
