import { raw, sql } from '../../dag/sql';
import { step } from '../step';
import articles from './articles';
import conferenceMatches from './conference-matches';
import pubmedClinical from './pubmed-clinical';

export default step({
  id: 'sample/clinical',
  doc: 'Whether an article is clinical research, by the therapy filter of the study on its title and abstract (paper, Methods; Haynes 2005)',
  inputs: { articles, records: pubmedClinical, conferences: conferenceMatches },
  params: ({ clinical }) => ({ on: clinical.on, filter: clinical.filter === 'file' ? 'broad' : clinical.filter }),
  output: {
    article: ['text', 'article'],
    clinical: ['boolean', 'clinical research by the filter of the study; null when the study does not ask'],
    broad: ['boolean', 'by the broad filter'],
    narrow: ['boolean', 'by the narrow filter'],
    balanced: ['boolean', 'by the balanced filter'],
    has_abstract: ['boolean', 'whether there was an abstract to search'],
  },
  index: ['article'],
  sql: ({ articles: sample, records, conferences }, { on, filter }) => sql`
    select article, case when ${on} then ${raw(filter)} end as clinical, broad, narrow, balanced, has_abstract from (
      select a.article, coalesce(r.broad, c.broad) as broad, coalesce(r.narrow, c.narrow) as narrow, coalesce(r.balanced, c.balanced) as balanced,
        coalesce(r.has_abstract, c.has_abstract) as has_abstract
      from ${sample} as a
      left join ${records} as r on r.kind = 'article' and r.pmid = a.pmid and r.seq = a.seq and r.record = a.record
      left join ${conferences} as c on a.corpus = 'conference' and c.work = a.work) as bits`,
});
