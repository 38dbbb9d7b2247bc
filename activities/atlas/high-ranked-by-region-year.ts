import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/high-ranked-by-region-year',
  doc: 'High-ranked articles by region and year (paper, Fig. 6)',
  inputs: { final: finalSample },
  output: {
    region: ['text', 'world region'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles'],
    high_ranked: ['integer', 'in high-ranked outlets'],
  },
  sql: ({ final }) => sql`
    select region, year, count(*)::int as articles, (count(*) filter (where high_ranked))::int as high_ranked from ${final} as f where region is not null group by 1, 2 order by 1, 2`,
});
