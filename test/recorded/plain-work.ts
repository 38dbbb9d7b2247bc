import type { WorkRecord } from '../../clients/openalex/records';
import type { Row } from '../../simulator/holdings';

export const short = (address: string): string => address.replace('https://openalex.org/', '');

interface RawAuthor {
  author_position: string;
  countries?: string[];
  institutions?: { country_code: string | null }[];
  raw_affiliation_strings?: string[];
  raw_affiliation_string?: string;
}
interface RawWork {
  id: string;
  doi: string | null;
  ids: { pmid?: string };
  title: string | null;
  publication_year: number | null;
  publication_date: string | null;
  type: string | null;
  is_retracted: boolean;
  primary_location: { source: { id: string; issn: string[] | null } | null } | null;
  authorships: RawAuthor[];
  concepts: { id: string; level: number; score: number | string }[];
  topics?: { id: string }[];
  indexed_in?: string[];
  cited_by_count: number;
  referenced_works: string[];
  abstract_inverted_index: Record<string, number[]> | null;
}

export function pmidOf(raw: Row): number | null {
  const { pmid } = (raw as unknown as RawWork).ids;
  return pmid === undefined || pmid === null ? null : Number(pmid.split('/').filter(Boolean).at(-1));
}

/** The fields that steps use, straight from the JSON. Each kind of request selects its own. */
export function plainWork(row: Row, kind: 'link' | 'citing') {
  const raw = row as unknown as RawWork;
  const all = {
    id: short(raw.id),
    doi: raw.doi?.replace('https://doi.org/', '').toLowerCase() ?? null,
    pmid: pmidOf(row),
    title: raw.title,
    year: raw.publication_year,
    date: raw.publication_date,
    type: raw.type,
    retracted: raw.is_retracted,
    source: raw.primary_location?.source ? short(raw.primary_location.source.id) : null,
    issns: raw.primary_location?.source?.issn ?? [],
    positions: raw.authorships.map(({ author_position }) => author_position),
    countries: raw.authorships.map(({ countries = [] }) => countries),
    institutions: raw.authorships.map(({ institutions = [] }) => institutions.map(({ country_code }) => country_code)),
    concepts: raw.concepts.map(({ id, level, score }) => [short(id), level, Number(score)]),
    words: raw.abstract_inverted_index === null ? null : Object.keys(raw.abstract_inverted_index).sort(),
  };
  if (kind === 'citing') return { ...all, referenced: raw.referenced_works.map(short) };
  return { ...all, cited: raw.cited_by_count, topics: (raw.topics ?? []).map(({ id }) => short(id)), indexedIn: raw.indexed_in ?? [] };
}

/** The same fields as a client gives them. */
export function pick(work: WorkRecord, kind: 'link' | 'citing') {
  const { id, doi, pmid, title, year, date, type, retracted, source, authorships } = work;
  const all = {
    ...{ id, doi, pmid, title, year, date, type, retracted },
    source: source?.id ?? null,
    issns: source?.issns ?? [],
    positions: authorships.map(({ position }) => position),
    countries: authorships.map(({ countries }) => countries),
    institutions: authorships.map(({ institutions }) => institutions.map(({ country }) => country)),
    concepts: work.concepts.map(({ id: concept, level, score }) => [concept, level, score]),
    words: work.abstractInvertedIndex === null ? null : Object.keys(work.abstractInvertedIndex).sort(),
  };
  if (kind === 'citing') return { ...all, referenced: work.referencedWorks };
  return { ...all, cited: work.citedByCount, topics: work.topics.map(({ id: topic }) => topic), indexedIn: work.indexedIn };
}
