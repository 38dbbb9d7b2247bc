import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/high-ranked-by-international',
  doc: 'High-ranked articles among international and national collaborations (paper, Results: 35 % more)',
  inputs: { final: finalSample },
  output: {
    international: ['boolean', 'international collaboration'],
    articles: ['integer', 'articles'],
    high_ranked: ['integer', 'in high-ranked outlets'],
  },
  sql: ({ final }) => sql`
    select international, count(*)::int as articles, (count(*) filter (where high_ranked))::int as high_ranked from ${final} as f group by 1 order by 1`,
});
