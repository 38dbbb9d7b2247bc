import { sql } from '../../dag/sql';
import keywordArticles from '../sample/keyword-articles';
import { step } from '../step';

export default step({
  id: 'atlas/strategy-comparison',
  doc: 'Articles that the keywords of the study find and those that the compared list finds, by year, with their overlap (paper, Methods and S6: Liu et al. 2021)',
  inputs: { articles: keywordArticles },
  params: ({ keywords }) => ({ list: keywords.list, comparison: keywords.comparison?.list ?? null }),
  output: {
    list: ['text', 'keyword list of the study'],
    comparison: ['text', 'list it is compared with'],
    corpus: ['text', 'pubmed or conference'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles of the keywords of the study'],
    compared: ['integer', 'articles of the compared list'],
    shared: ['integer', 'articles that both find'],
  },
  sql: ({ articles }, { list, comparison }) => sql`
    select ${list}::text as list, ${comparison}::text as comparison, corpus, year, (count(*) filter (where matched))::int as articles,
      (count(*) filter (where compared))::int as compared, (count(*) filter (where matched and compared))::int as shared
    from ${articles} as a where ${comparison}::text is not null and (matched or compared) group by 3, 4 order by 3, 4`,
});
