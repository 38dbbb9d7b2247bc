import { raw, sql } from '../../dag/sql';
import { clinicalColumns, clinicalNames } from '../reading/clinical';
import { step } from '../step';
import conferenceHits from './conference-hits';

export default step({
  id: 'sample/conference-matches',
  doc: 'Conference works with a keyword of the study in title or abstract, and whether a life-science concept is among theirs (paper, Methods)',
  inputs: { hits: conferenceHits },
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    year: ['smallint', 'publication year by OpenAlex'],
    keywords: ['text[]', "keywords that match, in the list's spelling"],
    places: ['jsonb', '{ keyword: [title, or abstract and the number of the part] }'],
    life_science: ['boolean', 'whether it belongs to the field of the study, by its rule'],
    branch: ['text', 'how: level-0 concept listed, ancestor of a listed one, or topic'],
    positive: ['boolean', 'whether such a concept has a score above zero'],
    life_science_rules: ['text[]', 'rules under which it belongs to the field'],
    has_abstract: ['boolean', 'whether there is an abstract'],
    ...clinicalColumns,
  },
  index: ['work'],
  sql: ({ hits }) => sql`
    select work, year, keywords, places, life_science, branch, positive, life_science_rules, has_abstract, ${raw(clinicalNames.join(', '))}
    from ${hits} as h where matched`,
});
