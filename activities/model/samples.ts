import { sql } from '../../dag/sql';
import type { Check } from '../../dag/step';
import { allFits } from '../regression/all-fits';
import { PUBLISHED_SIZES } from '../regression/published';
import { step } from '../step';
import internationalClinical from './international-clinical';
import internationalScientific from './international-scientific';
import clinical from './relevance-clinical';
import scientific from './relevance-scientific';

const addsUp: Check = {
  name: 'articles less those left out are those fitted',
  advice: 'A row was lost without a reason: report it, this is a fault of the program.',
  failing: (output) => sql`
    select analysis, fit from ${output} as rows group by 1, 2
    having sum(rows) filter (where reason = 'articles') - coalesce(sum(rows) filter (where reason not in ('articles', 'fitted')), 0)
      <> sum(rows) filter (where reason = 'fitted')`,
};

export default step({
  id: 'model/samples',
  doc: 'From the final sample to the articles of each regression: what was left out and why, beside the sizes that the paper prints',
  inputs: { scientific, clinical, internationalScientific, internationalClinical },
  params: ({ published }) => ({
    sizes: Object.fromEntries(
      Object.entries(PUBLISHED_SIZES).flatMap(([fit, id]) => {
        const value = published.numbers.find((number) => number.id === id)?.value;
        return value === null || value === undefined ? [] : [[fit, value]];
      }),
    ),
  }),
  output: {
    analysis: ['text', 'relevance-scientific, relevance-clinical, international-scientific or international-clinical'],
    fit: ['text', 'fit of that step'],
    held: ['boolean', 'whether this fit is held against the paper'],
    ordinal: ['smallint', 'order within the fit'],
    reason: [
      'text',
      'articles (all), other-sample, missing, singletonGroups, allZeroGroups, allZeroLevels, separated (left out), fitted (what is left)',
    ],
    what: ['text', 'column that was empty, or the fit whose articles are taken'],
    rows: ['integer', 'articles'],
    groups: ['integer', 'groups or levels left out, or in the fit'],
    examples: ['jsonb', 'names of some groups or levels left out'],
    published: ['integer', 'articles of the fit in the paper; null where it prints none'],
  },
  checks: [addsUp],
  sql: (tables, { sizes }) => sql`
    select f.analysis, f.fit, f.held, l.ordinal::smallint as ordinal, l.item->>'reason' as reason, l.item->>'what' as what,
      (l.item->>'rows')::int as rows, (l.item->>'groups')::int as groups, l.item->'examples' as examples,
      case when f.held and l.item->>'reason' = 'fitted' then (${JSON.stringify(sizes)}::jsonb->>(f.analysis || ' ' || f.adjustment))::int end as published
    from (${allFits(tables, ['fit', 'held', 'adjustment', 'sample'])}) as f
      cross join lateral jsonb_array_elements(f.sample) with ordinality as l(item, ordinal)
    order by f.analysis, f.fit, l.ordinal`,
});
