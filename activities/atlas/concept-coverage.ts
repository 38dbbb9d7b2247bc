import { sql } from '../../dag/sql';
import { lifeScienceVariants } from '../../methods/life-science';
import articles from '../sample/articles';
import topic from '../sample/topic';
import { step } from '../step';

export default step({
  id: 'atlas/concept-coverage',
  doc: 'How many PubMed articles carry a concept of the field, by rule and year: whether the concepts stand for life science (paper, Methods: more than 80 %)',
  inputs: { articles, topics: topic },
  params: ({ lifeScience }) => ({ rules: lifeScienceVariants(lifeScience).map(({ name, own }) => ({ name, own })) }),
  output: {
    rule: ['text', 'score asked for of a level-0 concept, and whether parents are inferred; or OpenAlex topics'],
    year: ['smallint', 'publication year as the study counts it'],
    articles: ['integer', 'PubMed articles'],
    classified: ['integer', 'of these with a concept in OpenAlex'],
    life_science: ['integer', 'of these life science under this rule'],
    own: ['boolean', 'whether this is the rule of the study'],
  },
  sql: ({ articles: sample, topics }, { rules }) => sql`
    select r.name as rule, a.year, count(*)::int as articles, (count(*) filter (where t.classified))::int as classified,
      (count(*) filter (where r.name = any(t.life_science_rules)))::int as life_science, r.own
    from ${sample} as a join ${topics} as t using (article) cross join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(name text, own boolean)
    where a.corpus = 'pubmed' group by r.name, r.own, a.year order by 1, 2`,
});
