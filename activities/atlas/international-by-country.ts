import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/international-by-country',
  doc: 'International collaborations by country, of all and of high-ranked articles (paper, Results)',
  inputs: { final: finalSample },
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    articles: ['integer', 'articles'],
    international: ['integer', 'international collaborations'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    high_ranked_international: ['integer', 'of these international'],
  },
  sql: ({ final }) => sql`
    select country, count(*)::int as articles, (count(*) filter (where international))::int as international, (count(*) filter (where high_ranked))::int as high_ranked,
      (count(*) filter (where high_ranked and international))::int as high_ranked_international from ${final} as f group by 1 order by 2 desc, 1`,
});
