import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'model/articles',
  doc: 'What the regressions read of each article of the final sample, and nothing else: a change elsewhere fits no model again',
  inputs: { final: finalSample },
  output: {
    article: ['text', 'article'],
    year: ['smallint', 'publication year'],
    region: ['text', 'world region of the lead author; null for Antarctica'],
    country: ['text', 'country of the lead author'],
    outlet: ['text', 'outlet; null when none is known'],
    international: ['boolean', 'international collaboration; null when unknown and the study drops such articles'],
    authors: ['smallint', 'authors on the byline'],
    citations: ['integer', 'citing works'],
    clinical_citations: ['integer', 'clinical citing works'],
  },
  index: ['article'],
  checks: [everyValueOnce('article', 'An article came twice: report it, this is a fault of the program.')],
  sql: ({ final }) => sql`
    select article, year, region, country, outlet, international, authors, citations, clinical_citations from ${final} as f`,
});
