import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { step } from '../step';
import pubmedMatches from './pubmed-matches';

export default step({
  id: 'sample/pubmed-identifiers',
  doc: 'PMID and DOI of the matched PubMed records and nothing else: a scan for their works is repeated only when this set changes',
  inputs: { matches: pubmedMatches },
  output: {
    pmid: ['integer', 'PubMed identifier'],
    doi: ['text', 'DOI, lower case'],
  },
  checks: [everyValueOnce('pmid', 'An article came twice: report it, this is a fault of the program.')],
  sql: ({ matches }) => sql`select pmid, max(doi) as doi from ${matches} as m group by 1`,
});
