import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import regions from '../source/regions';
import { step } from '../step';

export default step({
  id: 'atlas/dyads-by-region',
  doc: 'Pairs of the lead region and the region of each partner country among the first authors (paper, Fig. 9)',
  inputs: { final: finalSample, regions },
  output: {
    from_region: ['text', 'region of the lead author'],
    to_region: ['text', 'region of the partner'],
    dyads: ['integer', 'pairs'],
  },
  sql: ({ final, regions: regionsRows }) => sql`
    select f.region as from_region, r.region as to_region, count(*)::int as dyads from ${final} as f cross join unnest(f.partners) as partner(country)
    left join ${regionsRows} as r on r.country = partner.country group by 1, 2 order by 1, 2`,
});
