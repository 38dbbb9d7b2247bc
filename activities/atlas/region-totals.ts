import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/region-totals',
  doc: 'Articles of each world region (paper, Figs. 1 and 6)',
  inputs: { final: finalSample },
  output: {
    region: ['text', 'world region; null for Antarctica'],
    corpus: ['text', 'pubmed or conference'],
    articles: ['integer', 'articles'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    clinical: ['integer', 'clinical research'],
    international: ['integer', 'international collaborations'],
    international_known: ['integer', 'articles that count for the international share'],
    citations: ['bigint', 'citing works'],
  },
  sql: ({ final }) => sql`
    select region, corpus, count(*)::int as articles, (count(*) filter (where high_ranked))::int as high_ranked, (count(*) filter (where clinical))::int as clinical,
      (count(*) filter (where international))::int as international, count(international)::int as international_known, sum(citations)::bigint as citations
    from ${final} as f group by 1, 2 order by 1, 2`,
});
