import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/high-ranked-by-country',
  doc: 'High-ranked articles by country (paper, Fig. 5: countries with at least 100 articles)',
  inputs: { final: finalSample },
  params: ({ rank }) => ({ least: rank.minCountry }),
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    articles: ['integer', 'articles'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    shown: ['boolean', 'whether it has enough articles to be shown'],
  },
  sql: ({ final }, { least }) => sql`
    select country, count(*)::int as articles, (count(*) filter (where high_ranked))::int as high_ranked, count(*) >= ${least} as shown from ${final} as f group by 1 order by 2 desc, 1`,
});
