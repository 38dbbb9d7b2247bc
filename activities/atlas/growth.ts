import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/growth',
  doc: 'Articles by year, region and corpus (paper, Fig. 1)',
  inputs: { final: finalSample },
  output: {
    year: ['smallint', 'publication year'],
    region: ['text', 'world region; null for Antarctica'],
    corpus: ['text', 'pubmed or conference'],
    articles: ['integer', 'articles'],
  },
  sql: ({ final }) => sql`
    select year, region, corpus, count(*)::int as articles from ${final} as f group by 1, 2, 3 order by 1, 2, 3`,
});
