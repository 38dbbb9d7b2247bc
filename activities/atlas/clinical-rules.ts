import { join, raw, sql } from '../../dag/sql';
import { clinicalColumn, clinicalNames } from '../reading/clinical';
import clinical from '../sample/clinical';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/clinical-rules',
  doc: 'How many articles each clinical filter would take, by year: broad, narrow, balanced, with and without random forests, or a file (paper: about 20 %)',
  inputs: { final: finalSample, bits: clinical },
  params: (study) => ({ own: clinicalColumn(study.clinical) }),
  output: {
    rule: ['text', 'filter; strict: "random forest" and the like dropped; own: the filter file of the study'],
    corpus: ['text', 'pubmed or conference'],
    year: ['smallint', 'publication year'],
    articles: ['integer', 'articles with a country'],
    with_abstract: ['integer', 'of these with an abstract to search'],
    clinical: ['integer', 'clinical under this rule'],
    own: ['boolean', 'whether this is the rule of the study'],
  },
  sql: ({ final, bits }, { own }) => sql`
    select r.rule, f.corpus, f.year, count(*)::int as articles, (count(*) filter (where b.has_abstract))::int as with_abstract,
      (count(*) filter (where r.bit))::int as clinical, r.rule = ${own} as own
    from ${final} as f join ${bits} as b using (article) cross join lateral (values ${join(
      clinicalNames.map((name) => raw(`('${name}', b.${name})`)),
      ', ',
    )}) as r(rule, bit)
    where r.rule <> 'own' or ${own} = 'own' group by 1, 2, 3 order by 1, 2, 3`,
});
