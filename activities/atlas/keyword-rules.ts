import { sql } from '../../dag/sql';
import { ruleNames } from '../reading/keyword-hits';
import keywordArticles from '../sample/keyword-articles';
import { step } from '../step';

export default step({
  id: 'atlas/keyword-rules',
  doc: 'How many articles each rule for the keywords would find, by year: ends, spellings, folding, and a plain script (paper, Methods, leaves them open)',
  inputs: { articles: keywordArticles },
  params: (study) => ({ years: study.years, rules: ruleNames(study) }),
  output: {
    rule: ['text', 'the one key of `keywords` that is changed and its value; plain script: keyword in text.lower()'],
    corpus: ['text', 'pubmed or conference'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles that a keyword of the study finds under this rule'],
    own: ['boolean', 'whether this is the rule of the study'],
  },
  sql: ({ articles }, { years: [from, to], rules }) => sql`
    with found as (select rule, corpus, year, count(*)::int as articles from ${articles} as a cross join unnest(a.rules) as rule group by 1, 2, 3),
    years as (select distinct year from ${articles} as a where year between ${from} and ${to})
    select r.name as rule, c.corpus, y.year, coalesce(f.articles, 0) as articles, r.own
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(name text, own boolean)
    cross join (values ('pubmed'), ('conference')) as c(corpus) cross join years as y
    left join found as f on f.rule = r.name and f.corpus = c.corpus and f.year = y.year order by 1, 2, 3`,
});
