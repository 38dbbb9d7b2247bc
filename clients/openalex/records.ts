import { normaliseDoi } from './doi';
import { type RawWork, sourceSchema, workSchema } from './work-schema';

/** Lists stop here, and the flag that should say so is practically never set. */
export const AUTHORS_IN_LISTS = 100;

export interface WorkSource {
  /** `S…` */
  id: string | null;
  type: string | null;
  issns: string[];
  issnL: string | null;
  name: string | null;
}

export interface Authorship {
  /** `first`, `middle` or `last`; a cut list has no `last`. */
  position: string | null;
  name: string | null;
  /** Two-letter codes, sorted by alphabet: the first one means nothing. */
  countries: string[];
  institutions: { id: string | null; country: string | null }[];
  rawAffiliations: string[];
}

export interface Topic {
  id: string;
  score: number | null;
  subfield: string | null;
  field: string | null;
  domain: string | null;
}

/** A work of OpenAlex. Fields that the request did not select are null or empty. */
export interface WorkRecord {
  /** `W…` */
  id: string;
  doi: string | null;
  /** At most one, although a work may hold several PubMed records. */
  pmid: number | null;
  /** May hold markup. */
  title: string | null;
  year: number | null;
  /** `YYYY-MM-DD` */
  date: string | null;
  type: string | null;
  language: string | null;
  retracted: boolean;
  source: WorkSource | null;
  authorships: Authorship[];
  /** True if the list was probably cut at 100: fetch the work singly before you take its last author. */
  truncatedAuthors: boolean;
  /** By falling score; zero means inherited from a child. */
  concepts: { id: string; level: number | null; score: number | null }[];
  topics: Topic[];
  primaryTopic: Topic | null;
  indexedIn: string[];
  /** Word → positions. */
  abstractInvertedIndex: Record<string, number[]> | null;
  /** `W…`; may name works that are gone. */
  referencedWorks: string[];
  citedByCount: number | null;
  updated: string | null;
}

/** A venue of OpenAlex. */
export interface SourceRecord extends WorkSource {
  id: string;
  alternateNames: string[];
  host: string | null;
  worksCount: number | null;
  updated: string | null;
}

/** `https://openalex.org/W1` → `W1`, `https://openalex.org/fields/17` → `fields/17`. */
export function shortId(address: string): string {
  return address.replace(/^https?:\/\/openalex\.org\//i, '');
}

/** Reads a work by name. @throws ZodError if a field has another type than documented */
export function readWork(raw: unknown, from: 'list' | 'single' = 'list'): WorkRecord {
  const work = workSchema.parse(raw);
  const authorships = (work.authorships ?? []).map(readAuthorship);
  return {
    id: shortId(work.id),
    doi: normaliseDoi(work.doi ?? work.ids?.doi),
    pmid: readPmid(work.ids?.pmid),
    title: work.title ?? null,
    year: work.publication_year ?? null,
    date: work.publication_date ?? null,
    type: work.type ?? null,
    language: work.language ?? null,
    retracted: work.is_retracted ?? false,
    source: readPlace(work.primary_location?.source),
    authorships,
    truncatedAuthors: work.is_authors_truncated === true || (from === 'list' && authorships.length >= AUTHORS_IN_LISTS),
    concepts: (work.concepts ?? []).map(({ id, level, score }) => ({ id: shortId(id), level: level ?? null, score: score ?? null })),
    topics: (work.topics ?? []).map(readTopic),
    primaryTopic: work.primary_topic == null ? null : readTopic(work.primary_topic),
    indexedIn: work.indexed_in ?? [],
    abstractInvertedIndex: work.abstract_inverted_index ?? null,
    referencedWorks: (work.referenced_works ?? []).map(shortId),
    citedByCount: work.cited_by_count ?? null,
    updated: work.updated_date ?? null,
  };
}

/** Reads a source by name. @throws ZodError if a field has another type than documented */
export function readSource(raw: unknown): SourceRecord {
  const source = sourceSchema.parse(raw);
  return {
    id: shortId(source.id),
    type: source.type ?? null,
    issns: source.issn ?? [],
    issnL: source.issn_l ?? null,
    name: source.display_name ?? null,
    alternateNames: source.alternate_titles ?? [],
    host: source.host_organization_name ?? null,
    worksCount: source.works_count ?? null,
    updated: source.updated_date ?? null,
  };
}

function readPmid(value: string | number | null | undefined): number | null {
  const digits = /(\d+)\/?$/.exec(String(value ?? ''))?.[1];
  return digits === undefined ? null : Number(digits);
}

function readPlace(source: NonNullable<RawWork['primary_location']>['source']): WorkSource | null {
  if (source == null) return null;
  const { id, type, issn, issn_l: issnL, display_name: name } = source;
  return { id: id == null ? null : shortId(id), type: type ?? null, issns: issn ?? [], issnL: issnL ?? null, name: name ?? null };
}

function readAuthorship(entry: NonNullable<RawWork['authorships']>[number]): Authorship {
  const single = entry.raw_affiliation_string ? [entry.raw_affiliation_string] : [];
  const nested = (entry.affiliations ?? []).flatMap(({ raw_affiliation_string: text }) => (text ? [text] : []));
  const listed = entry.raw_affiliation_strings ?? [];
  return {
    position: entry.author_position ?? null,
    name: entry.author?.display_name ?? entry.raw_author_name ?? null,
    countries: entry.countries ?? [],
    institutions: (entry.institutions ?? []).map(({ id, country_code: country }) => ({
      id: id == null ? null : shortId(id),
      country: country ?? null,
    })),
    rawAffiliations: [listed, nested, single].find((texts) => texts.length > 0) ?? [],
  };
}

function readTopic({ id, score, subfield, field, domain }: NonNullable<RawWork['primary_topic']>): Topic {
  const short = (place: { id?: string | null } | null | undefined) => (place?.id == null ? null : shortId(place.id));
  return { id: shortId(id), score: score ?? null, subfield: short(subfield), field: short(field), domain: short(domain) };
}
