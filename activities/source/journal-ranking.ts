import { journalFaults, readJournalFiles, refuseFaults } from '../reading/rankings';
import { step } from '../step';

export default step({
  id: 'source/journal-ranking',
  doc: 'The journal ranking the user put in place (JCR or SCImago): a row per journal and category, and each line that could not be read',
  params: ({ rank: { journals, metric, year, journalFiles } }) => ({ journals, metric, year, journalFiles }),
  output: {
    issns: ['text[]', 'ISSNs, NNNN-NNNX'],
    title: ['text', 'journal'],
    category: ['text', 'category of the ranking'],
    edition: ['text', 'edition, such as SCIE or SSCI'],
    metric: ['double precision', 'impact factor or its substitute; null when the ranking gives none'],
    file: ['text', 'file it stands in'],
    refused: ['text', 'line and reason, for a line that could not be read'],
  },
  async run({ params, services, write }) {
    const files = await readJournalFiles(params, (sha256) => services.file(sha256));
    refuseFaults(journalFaults(files, params.year));
    for (const { name: file, rows, refused } of files) {
      write(rows.map(({ issns, title, category, edition, metric }) => ({ issns, title, category, edition, metric, file, refused: null })));
      write(refused.map(({ line, reason }) => ({ ...NO_JOURNAL, file, refused: `line ${line}: ${reason}` })));
    }
  },
});

const NO_JOURNAL = { issns: null, title: null, category: null, edition: null, metric: null };
