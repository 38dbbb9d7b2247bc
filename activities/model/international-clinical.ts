import { each } from '../../dag/shards';
import { everyValueOnce } from '../checks';
import { fitColumns } from '../regression/columns';
import { internationalRegressions } from '../regression/international';
import { fitInternational } from '../regression/run';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'model/international-clinical',
  doc: 'Clinical citations of international against national articles, with effects of country, year and number of authors (paper, Fig. 8A)',
  queue: 'cpu',
  inputs: { articles },
  params: ({ model: { estimator, se, teamSize, teamSizeCap }, clinical }) => ({ estimator, se, teamSize, teamSizeCap, on: clinical.on }),
  output: fitColumns,
  shards: (_, rule) => each(internationalRegressions(rule).map(({ name }) => name)),
  checks: [everyValueOnce('fit', 'A fit came twice: report it, this is a fault of the program.')],
  run: async (run) => {
    if (run.params.on) await fitInternational(run, 'clinical_citations');
  },
});
