import { raw, sql } from '../../dag/sql';
import { clinicalColumn } from '../reading/clinical';
import openalexCitingWorks from '../source/openalex-citing-works';
import { step } from '../step';
import articles from './articles';
import pubmedClinical from './pubmed-clinical';

export default step({
  id: 'sample/citations',
  doc: 'Forward citations of each article: from any work, and from clinical works only, by their text in PubMed where it has one (paper, Methods)',
  inputs: { articles, links: openalexCitingWorks, records: pubmedClinical },
  params: ({ citations, clinical }) => ({
    until: citations.until,
    window: citations.window,
    dropRetracted: citations.retracted === 'drop',
    pubmedOnly: citations.general === 'pubmed',
    column: clinicalColumn(clinical),
    openalexOnly: clinical.text === 'openalex',
  }),
  output: {
    article: ['text', 'article'],
    citations: ['integer', 'citing works'],
    clinical_citations: ['integer', 'citing works that are clinical research'],
  },
  index: ['article'],
  sql: ({ articles: sample, links, records }, { until, window, dropRetracted, pubmedOnly, column, openalexOnly }) => sql`
    with citing as (select distinct pmid from ${links} as links where pmid is not null and not ${openalexOnly}),
    pubmed as (
      select distinct on (pmid) pmid, has_abstract, ${raw(column)} as bit from ${records} as r where kind = 'article' and pmid in (select pmid from citing)
      order by pmid, seq desc, version desc nulls last, record desc
    )
    select a.article, count(distinct c.citing)::int as citations,
      (count(distinct c.citing) filter (where case when p.has_abstract then p.bit else c.${raw(column)} or coalesce(p.bit, false) end))::int as clinical_citations
    from ${sample} as a left join ${links} as c on c.focal = a.work
      and (${until}::date is null or c.date <= ${until}::date) and (${window}::int is null or c.year - a.year < ${window}::int)
      and not (${dropRetracted} and c.retracted) and (not ${pubmedOnly} or c.pmid is not null)
    left join pubmed as p on p.pmid = c.pmid
    group by 1`,
});
