import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/international-by-year',
  doc: 'International collaborations by year, with the coverage of co-author countries (paper, Fig. 8B)',
  inputs: { final: finalSample },
  output: {
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles'],
    international: ['integer', 'international collaborations'],
    known: ['integer', 'articles that count for the share: those whose co-authors are unknown are national, or dropped, as the study says'],
    covered: ['integer', 'articles whose authors all have a known country'],
  },
  sql: ({ final }) => sql`
    select year, count(*)::int as articles, (count(*) filter (where international))::int as international, count(international)::int as known, (count(*) filter (where authors_known = authors))::int as covered from ${final} as f group by 1 order by 1`,
});
