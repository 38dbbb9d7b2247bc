import { each } from '../../dag/shards';
import { sql, type Relation, type Sql } from '../../dag/sql';
import type { OpenAlexAuthorship, PubmedByline } from '../../methods/lead';

/** Steps that look at each article are cut by identifier into so many shards. */
export const buckets = each(Array.from({ length: 16 }, (_, index) => index));

export interface Bylines {
  readonly article: string;
  readonly openalex: OpenAlexAuthorship[] | null;
  readonly pubmed: PubmedByline[] | null;
}

/** The articles of a bucket with their bylines by both services. */
export function bylinesOf(inputs: Readonly<Record<'articles' | 'matches' | 'links' | 'works', Relation>>, bucket: string): Sql {
  return sql`
    select a.article, coalesce(l.byline, w.byline) as openalex, m.authors as pubmed
    from ${inputs.articles} as a
    left join ${inputs.matches} as m on m.pmid = a.pmid and m.seq = a.seq and m.record = a.record
    left join (select * from ${inputs.links} as links where best) as l on a.corpus = 'pubmed' and l.pmid = a.pmid
    left join ${inputs.works} as w on a.corpus = 'conference' and w.work = a.work
    where a.bucket = ${Number(bucket)} order by a.article`;
}
