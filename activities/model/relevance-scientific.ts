import { each } from '../../dag/shards';
import { everyValueOnce } from '../checks';
import { fitColumns } from '../regression/columns';
import { RELEVANCE } from '../regression/relevance';
import { fitRelevance } from '../regression/run';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'model/relevance-scientific',
  doc: 'Citations on world regions: by year alone, and with an effect for each outlet, with every estimator (paper, Fig. 7A, 7D)',
  queue: 'cpu',
  inputs: { articles },
  params: ({ model: { estimator, se, base } }) => ({ estimator, se, base }),
  output: fitColumns,
  shards: () => each(RELEVANCE),
  checks: [everyValueOnce('fit', 'A fit came twice: report it, this is a fault of the program.')],
  run: (run) => fitRelevance(run, 'citations'),
});
