import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'sample/focal-works',
  doc: 'OpenAlex works of the sample and nothing else of it: a scan for their citations is repeated only when this set changes',
  inputs: { articles },
  output: { work: ['text', 'OpenAlex work id, W…'] },
  checks: [everyValueOnce('work', 'A work came twice: report it, this is a fault of the program.')],
  sql: ({ articles: sample }) => sql`select distinct work from ${sample} as a where work is not null`,
});
