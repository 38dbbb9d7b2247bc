import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import leadCountry from '../sample/lead-country';
import { step } from '../step';

export default step({
  id: 'atlas/first-last-agreement',
  doc: 'How often the first and the last author have the same country, by year (paper, Methods: approximately 90 %)',
  inputs: { final: finalSample, lead: leadCountry },
  output: {
    corpus: ['text', 'pubmed or conference'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles with a country'],
    sole: ['integer', 'of these with one author, who is first and last'],
    known: ['integer', 'articles of which both countries are known, sole authors among them'],
    same: ['integer', 'of these with the same country'],
  },
  sql: ({ final, lead }) => sql`
    select f.corpus, f.year, count(*)::int as articles, (count(*) filter (where f.authors = 1))::int as sole,
      (count(*) filter (where l.first_country is not null and l.last_country is not null))::int as known,
      (count(*) filter (where l.first_country = l.last_country))::int as same
    from ${final} as f join ${lead} as l using (article) group by 1, 2 order by 1, 2`,
});
