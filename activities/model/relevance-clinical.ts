import { each } from '../../dag/shards';
import { everyValueOnce } from '../checks';
import { fitColumns } from '../regression/columns';
import { RELEVANCE } from '../regression/relevance';
import { fitRelevance } from '../regression/run';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'model/relevance-clinical',
  doc: 'Clinical citations on world regions: by year alone, and with an effect for each outlet, with every estimator (paper, Fig. 7B, 7C)',
  queue: 'cpu',
  inputs: { articles },
  params: ({ model: { estimator, se, base }, clinical }) => ({ estimator, se, base, on: clinical.on }),
  output: fitColumns,
  shards: () => each(RELEVANCE),
  checks: [everyValueOnce('fit', 'A fit came twice: report it, this is a fault of the program.')],
  run: async (run) => {
    if (run.params.on) await fitRelevance(run, 'clinical_citations');
  },
});
