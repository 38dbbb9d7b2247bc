import { raw, sql, type Sql } from '../dag/sql';
import { query, type Database } from './database';

/** What an audit asks about: the two choices of the sample, and the lead country. */
export type AuditKind = 'pubmed-ai' | 'conference-life-science' | 'country';

/** A published row of a run, with what it is stratified by and the program's own verdict. */
export interface Audited {
  readonly id: string;
  readonly region: string | null;
  readonly country: string;
  readonly year: number;
  /** What decided: a keyword, the branch of the life-science rule, or the cue of the country. */
  readonly cue: string;
}

/** What a rater may see of a row: nothing that the program made of it. */
export interface SheetText {
  readonly id: string;
  readonly year: number;
  readonly doi: string | null;
  readonly title: string | null;
  readonly abstract: string | null;
  /** Addresses as the service gave them, one author a line; OpenAlex' own countries and institutions are not shown. */
  readonly affiliations_pubmed: string | null;
  readonly affiliations_openalex: string | null;
}

/** Every published row that an audit of this kind may draw. */
export async function auditedRows(database: Database, run: number, kind: AuditKind): Promise<Audited[]> {
  const of = tablesOf(run);
  const found: Readonly<Record<AuditKind, Sql>> = {
    'pubmed-ai': sql`coalesce(f.keywords[1], '') as cue from ${of('sample_final')} as f where f.corpus = 'pubmed'`,
    'conference-life-science': sql`coalesce(m.branch, '') as cue from ${of('sample_final')} as f left join ${of('sample_conference_matches')} as m using (work) where f.corpus = 'conference'`,
    country: sql`concat_ws(' ', f.branch, f.cue) as cue from ${of('sample_final')} as f`,
  };
  return query<Audited>(database, sql`select f.article as id, f.region, f.country, f.year, ${found[kind]} order by 1`);
}

/** The texts of these rows. */
export async function sheetTexts(database: Database, run: number, ids: readonly string[]): Promise<SheetText[]> {
  const of = tablesOf(run);
  return query<SheetText>(
    database,
    sql`select a.article as id, a.year, a.doi, a.title, coalesce(m.abstract, w.abstract) as abstract,
        ${addresses('m.authors', 'affiliations')} as affiliations_pubmed, ${addresses('coalesce(l.byline, w.byline)', 'rawAffiliations')} as affiliations_openalex
      from ${of('sample_articles')} as a
      left join ${of('sample_pubmed_matches')} as m on m.pmid = a.pmid and m.seq = a.seq and m.record = a.record
      left join ${of('source_openalex_links')} as l on a.corpus = 'pubmed' and l.best and l.pmid = a.pmid
      left join ${of('source_openalex_conference_works')} as w on a.corpus = 'conference' and w.work = a.work
      where a.article = any(${ids}::text[])`,
  );
}

/** The addresses of a byline as text: one author a line with the place on it. */
function addresses(byline: string, key: string): Sql {
  return raw(`(select string_agg(place || '. ' || coalesce((select string_agg(line, ' | ') from jsonb_array_elements_text(author->'${key}') as line), ''), E'\n' order by place)
    from jsonb_array_elements(${byline}) with ordinality as listed(author, place))`);
}

/** The tables of a run, as its views show them. */
function tablesOf(run: number): (table: string) => { relation: Sql } {
  return (table) => ({ relation: raw(`run_${Number(run)}.${table}`) });
}

/** Codes that a rater may write as a country. */
export async function countryCodes(database: Database, run: number): Promise<string[]> {
  const rows = await query<{ country: string }>(database, sql`select country from ${tablesOf(run)('source_regions')} as r order by 1`);
  return rows.map(({ country }) => country);
}
