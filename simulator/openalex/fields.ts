import type { Json, Row } from '../holdings';

/** How one filter key reads a row. `text` and `flag` compare folded strings, `number` and `date` also take ranges. */
export interface Field {
  kind: 'text' | 'number' | 'date' | 'flag';
  read: (row: Row) => string[];
  /** Brings a value of the request into the form that `read` gives. */
  fold: (value: string) => string;
}

export type Fields = Record<string, Field>;

/** All scalar values at a dotted path, lists flattened. */
export function valuesAt(value: Json, path: string[]): Json[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  return typeof value === 'object' && head in value ? valuesAt(value[head] ?? null, rest) : [];
}

const at = (path: string) => (row: Row) => valuesAt(row, path.split('.')).map(String);

const shortId = (value: string) => value.replace(/^https?:\/\/(?:\w+\.)?openalex\.org\/(?:\w+\/)?/i, '').toLowerCase();
const bareDoi = (value: string) =>
  value
    .replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, '')
    .replace(/^doi:/i, '')
    .toLowerCase();
const barePmid = (value: string) =>
  value.replace(/^https?:\/\/(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov\/pubmed)\//i, '').replace(/\/$/, '');
const lower = (value: string) => value.toLowerCase();

function field(kind: Field['kind'], path: string, fold: (value: string) => string): Field {
  const read = at(path);
  return { kind, fold, read: (row) => read(row).map(fold) };
}

const id = (path: string) => field('text', path, shortId);
const text = (path: string) => field('text', path, lower);
const flag = (test: (row: Row) => boolean): Field => ({ kind: 'flag', fold: lower, read: (row) => [String(test(row))] });
const has = (path: string) => flag((row) => at(path)(row).length > 0);
const count = (path: string): Field => ({ kind: 'number', fold: lower, read: (row) => [String(at(path)(row).length)] });

/** The work filters that are simulated; the real service has more, and says so in the same words. */
export const workFields: Fields = {
  pmid: field('text', 'ids.pmid', barePmid),
  'ids.pmid': field('text', 'ids.pmid', barePmid),
  doi: field('text', 'doi', bareDoi),
  'ids.doi': field('text', 'doi', bareDoi),
  openalex: id('id'),
  openalex_id: id('id'),
  'ids.openalex': id('id'),
  mag: text('ids.mag'),
  'ids.mag': text('ids.mag'),
  cites: id('referenced_works'),
  referenced_works: id('referenced_works'),
  'concepts.id': id('concepts.id'),
  'concept.id': id('concepts.id'),
  'topics.id': id('topics.id'),
  'primary_topic.id': id('primary_topic.id'),
  'primary_location.source.id': id('primary_location.source.id'),
  'primary_location.source.issn': text('primary_location.source.issn'),
  'primary_location.source.type': text('primary_location.source.type'),
  'locations.source.id': id('locations.source.id'),
  'locations.source.type': text('locations.source.type'),
  'authorships.countries': text('authorships.countries'),
  'authorships.institutions.country_code': text('authorships.institutions.country_code'),
  authors_count: count('authorships.author_position'),
  publication_year: field('number', 'publication_year', lower),
  cited_by_count: field('number', 'cited_by_count', lower),
  publication_date: field('date', 'publication_date', lower),
  from_publication_date: field('date', 'publication_date', lower),
  to_publication_date: field('date', 'publication_date', lower),
  type: text('type'),
  language: text('language'),
  indexed_in: text('indexed_in'),
  is_retracted: flag((row) => row['is_retracted'] === true),
  has_abstract: has('abstract_inverted_index'),
  has_doi: has('doi'),
  has_pmid: has('ids.pmid'),
};

export const sourceFields: Fields = {
  openalex: id('id'),
  openalex_id: id('id'),
  'ids.openalex': id('id'),
  type: text('type'),
  issn: text('issn'),
  works_count: field('number', 'works_count', lower),
};

/** Filters that the real service sells with a plan only. */
export const paidFields = new Set(['from_updated_date', 'to_updated_date', 'from_created_date', 'to_created_date']);
