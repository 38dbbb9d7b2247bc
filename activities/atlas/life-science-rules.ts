import { sql } from '../../dag/sql';
import { lifeScienceVariants } from '../../methods/life-science';
import conferenceMatches from '../sample/conference-matches';
import { step } from '../step';

export default step({
  id: 'atlas/life-science-rules',
  doc: 'How many conference works with a keyword each rule for life science would keep, by year: any score, positive, at least 0.32; parents inferred; topics (paper: 28,848)',
  inputs: { matches: conferenceMatches },
  params: ({ years, lifeScience }) => ({ years, rules: lifeScienceVariants(lifeScience).map(({ name, own }) => ({ name, own })) }),
  output: {
    rule: ['text', 'score asked for of a level-0 concept, and whether parents are inferred; or OpenAlex topics'],
    year: ['smallint', 'publication year by OpenAlex'],
    works: ['integer', 'conference works with a keyword of the study'],
    life_science: ['integer', 'of these life science under this rule'],
    own: ['boolean', 'whether this is the rule of the study'],
  },
  sql: ({ matches }, { years: [from, to], rules }) => sql`
    select r.name as rule, m.year, count(*)::int as works, (count(*) filter (where r.name = any(m.life_science_rules)))::int as life_science, r.own
    from ${matches} as m cross join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(name text, own boolean)
    where m.year between ${from} and ${to} group by r.name, r.own, m.year order by 1, 2`,
});
