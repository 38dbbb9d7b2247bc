import { sql } from '../../dag/sql';
import articles from '../sample/articles';
import leadCountry from '../sample/lead-country';
import { step } from '../step';

export default step({
  id: 'atlas/lead-branches',
  doc: 'How the lead country was found, by year: which author, by which service (paper, Methods)',
  inputs: { articles, lead: leadCountry },
  output: {
    year: ['smallint', 'publication year'],
    corpus: ['text', 'pubmed or conference'],
    branch: ['text', 'author and service'],
    articles: ['integer', 'articles'],
  },
  sql: ({ articles: articlesRows, lead }) => sql`
    select a.year, a.corpus, l.branch, count(*)::int as articles from ${articlesRows} as a join ${lead} as l using (article) group by 1, 2, 3 order by 1, 2, 3`,
});
