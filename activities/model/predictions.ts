import { sql } from '../../dag/sql';
import { step } from '../step';
import articles from './articles';
import clinical from './relevance-clinical';
import scientific from './relevance-scientific';

export default step({
  id: 'model/predictions',
  doc: 'Citations that the unadjusted regressions predict by region, by year, and by region and year, beside those counted',
  inputs: { scientific, clinical, articles },
  output: {
    analysis: ['text', 'relevance-scientific or relevance-clinical'],
    region: ['text', 'region at which all articles are held; null: each at its own'],
    year: ['smallint', 'year at which all articles are held; null: each at its own'],
    mean: ['double precision', 'predicted citations an article'],
    se: ['double precision', 'its standard error, by the delta method'],
    low: ['double precision', 'lower end of the 95% interval'],
    high: ['double precision', 'upper end of the 95% interval'],
    articles: ['integer', 'articles of that region and year'],
    counted: ['bigint', 'citations of these articles'],
  },
  sql: ({ scientific: general, clinical: ofClinical, articles: rows }) => sql`
    with predicted as (
      select f.analysis, p.item->>'region' as region, (p.item->>'year')::smallint as year, (p.item->>'mean')::float8 as mean,
        (p.item->>'se')::float8 as se, (p.item->>'low')::float8 as low, (p.item->>'high')::float8 as high
      from (select 'relevance-scientific' as analysis, predictions from ${general} as g
        union all select 'relevance-clinical', predictions from ${ofClinical} as c) as f
        cross join lateral jsonb_array_elements(f.predictions) as p(item)),
    cells as (
      select region, year, count(*) as articles, sum(citations) as citations, sum(clinical_citations) as clinical
      from ${rows} as a where region is not null group by 1, 2)
    select p.analysis, p.region, p.year, p.mean, p.se, p.low, p.high, coalesce(sum(c.articles), 0)::int as articles,
      coalesce(sum(case p.analysis when 'relevance-scientific' then c.citations else c.clinical end), 0)::bigint as counted
    from predicted as p left join cells as c on (p.region is null or c.region = p.region) and (p.year is null or c.year = p.year)
    group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2 nulls first, 3 nulls first`,
});
