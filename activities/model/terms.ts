import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { allFits } from '../regression/all-fits';
import { step } from '../step';
import internationalClinical from './international-clinical';
import internationalScientific from './international-scientific';
import clinical from './relevance-clinical';
import scientific from './relevance-scientific';

export default step({
  id: 'model/terms',
  doc: 'Coefficients of all regressions with standard errors, 95% intervals and incidence rate ratios (paper, Figs. 7 and 8A)',
  inputs: { scientific, clinical, internationalScientific, internationalClinical },
  output: {
    analysis: ['text', 'relevance-scientific, relevance-clinical, international-scientific or international-clinical'],
    fit: ['text', 'fit of that step'],
    held: ['boolean', 'whether this fit is held against the paper'],
    ordinal: ['smallint', 'order within the fit'],
    term: ['text', 'term: region[Europe], (Intercept), ln(alpha)'],
    factor: ['text', 'factor or covariate of the term'],
    level: ['text', 'level of the factor; null for numbers'],
    estimate: ['double precision', 'coefficient, log scale'],
    se: ['double precision', 'its standard error'],
    z: ['double precision', 'estimate / se'],
    p: ['double precision', 'two-sided, by the normal distribution'],
    low: ['double precision', 'lower end of the 95% interval'],
    high: ['double precision', 'upper end of the 95% interval'],
    ratio: ['double precision', 'incidence rate ratio: exp(estimate)'],
    ratio_se: ['double precision', 'its standard error, by the delta method'],
    ratio_low: ['double precision', 'lower end of its 95% interval'],
    ratio_high: ['double precision', 'upper end of its 95% interval'],
  },
  checks: [everyValueOnce(['analysis', 'fit', 'term'], 'A term came twice: report it, this is a fault of the program.')],
  sql: (tables) => sql`
    select f.analysis, f.fit, f.held, t.ordinal::smallint as ordinal, t.item->>'term' as term, t.item->>'factor' as factor, t.item->>'level' as level,
      (t.item->>'estimate')::float8 as estimate, (t.item->>'se')::float8 as se, (t.item->>'z')::float8 as z, (t.item->>'p')::float8 as p,
      (t.item->>'low')::float8 as low, (t.item->>'high')::float8 as high, (t.item->>'ratio')::float8 as ratio,
      (t.item->>'ratio_se')::float8 as ratio_se, (t.item->>'ratio_low')::float8 as ratio_low, (t.item->>'ratio_high')::float8 as ratio_high
    from (${allFits(tables, ['fit', 'held', 'terms'])}) as f
      cross join lateral jsonb_array_elements(f.terms) with ordinality as t(item, ordinal)
    order by f.analysis, f.fit, t.ordinal`,
});
