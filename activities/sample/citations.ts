import { raw, sql } from '../../dag/sql';
import openalexCitingWorks from '../source/openalex-citing-works';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'sample/citations',
  doc: 'Forward citations of each article: from any work, and from clinical works only (paper, Methods)',
  inputs: { articles, links: openalexCitingWorks },
  params: ({ citations, clinical }) => ({
    until: citations.until,
    window: citations.window,
    dropRetracted: citations.retracted === 'drop',
    pubmedOnly: citations.general === 'pubmed',
    filter: clinical.filter === 'file' ? 'broad' : clinical.filter,
  }),
  output: {
    article: ['text', 'article'],
    citations: ['integer', 'citing works'],
    clinical_citations: ['integer', 'citing works that are clinical research'],
  },
  index: ['article'],
  sql: ({ articles: sample, links }, { until, window, dropRetracted, pubmedOnly, filter }) => sql`
    select a.article, count(distinct c.citing)::int as citations, (count(distinct c.citing) filter (where c.${raw(filter)}))::int as clinical_citations
    from ${sample} as a left join ${links} as c on c.focal = a.work
      and (${until}::date is null or c.date <= ${until}::date) and (${window}::int is null or c.year - a.year < ${window}::int)
      and not (${dropRetracted} and c.retracted) and (not ${pubmedOnly} or c.pmid is not null)
    group by 1`,
});
