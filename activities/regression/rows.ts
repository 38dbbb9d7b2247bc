import { sql, type Relation, type Sql } from '../../dag/sql';
import { columnOfValues, type ModelData } from '../../methods/models';

export type Outcome = 'citations' | 'clinical_citations';

/** Articles as the models read them, with what the plan of the models depends on. */
export interface ArticleData {
  readonly data: ModelData;
  /** The region with most articles, of equal ones the first by alphabet; null without any. */
  readonly mostProductive: string | null;
  readonly years: number;
}

interface ArticleRow {
  readonly region: string | null;
  readonly year: number;
  readonly outlet: string | null;
  readonly country: string;
  readonly cluster: string;
  readonly international: boolean | null;
  readonly authors: number | null;
  readonly outcome: number | null;
}

/**
 * Reads the articles in one order, since floating sums depend on it in their last digits.
 * @param teamSizeCap largest team of the capped form
 */
export async function readArticles(
  table: Relation,
  query: <T>(text: Sql) => Promise<T[]>,
  { outcome, teamSizeCap }: { outcome: Outcome; teamSizeCap: number },
): Promise<ArticleData> {
  const rows = await query<ArticleRow>(sql`
    select region, year, outlet, country, coalesce(outlet, article) as cluster, international, authors,
      case ${outcome} when 'citations' then citations else clinical_citations end as outcome
    from ${table} as a order by article`);
  const column = (value: (row: ArticleRow) => number | string | boolean | null) => columnOfValues(rows.map(value));
  const authors = (form: (count: number) => number) =>
    column((row) => (row.authors === null || row.authors < 1 ? null : form(row.authors)));
  return {
    ...{ mostProductive: mostFrequent(rows.map((row) => row.region)), years: new Set(rows.map((row) => row.year)).size },
    data: {
      rows: rows.length,
      columns: new Map([
        [outcome, column((row) => row.outcome)],
        ['region', column((row) => row.region)],
        ['year', column((row) => row.year)],
        ['outlet', column((row) => row.outlet)],
        ['country', column((row) => row.country)],
        ['cluster', column((row) => row.cluster)],
        ['international', column((row) => row.international)],
        ['authors', authors((count) => count)],
        ['log_authors', authors(Math.log)],
        ['capped_authors', authors((count) => Math.min(count, teamSizeCap))],
      ]),
    },
  };
}

function mostFrequent(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}
