import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/international-by-region',
  doc: 'International collaborations by region of the lead author (paper, Fig. 8C)',
  inputs: { final: finalSample },
  output: {
    region: ['text', 'world region'],
    articles: ['integer', 'articles'],
    international: ['integer', 'international collaborations'],
    international_known: ['integer', 'articles that count for the international share'],
  },
  sql: ({ final }) => sql`
    select region, count(*)::int as articles, (count(*) filter (where international))::int as international, count(international)::int as international_known from ${final} as f group by 1 order by 1`,
});
