import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/country-year',
  doc: 'Articles by country and year, with the measures of the map (paper, Fig. 2 and online graph)',
  inputs: { final: finalSample },
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    clinical: ['integer', 'clinical research'],
    international: ['integer', 'international collaborations'],
    citations: ['bigint', 'citing works'],
  },
  sql: ({ final }) => sql`
    select country, year, count(*)::int as articles, (count(*) filter (where high_ranked))::int as high_ranked, (count(*) filter (where clinical))::int as clinical,
      (count(*) filter (where international))::int as international, sum(citations)::bigint as citations
    from ${final} as f group by 1, 2 order by 1, 2`,
});
