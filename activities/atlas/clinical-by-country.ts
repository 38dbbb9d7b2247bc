import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/clinical-by-country',
  doc: 'Clinical articles by country (paper, Fig. 4)',
  inputs: { final: finalSample },
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    articles: ['integer', 'articles'],
    clinical: ['integer', 'clinical research'],
  },
  sql: ({ final }) => sql`
    select country, count(*)::int as articles, (count(*) filter (where clinical))::int as clinical from ${final} as f group by 1 order by 3 desc, 1`,
});
