import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as jcr from '../../clients/rankings/jcr';
import * as scimago from '../../clients/rankings/scimago';
import type { JournalRow, ParsedRanking } from '../../clients/rankings/rows';
import { step } from '../step';

export default step({
  id: 'source/journal-ranking',
  doc: 'The journal ranking the user put in place (JCR or SCImago): a row per journal and category, and each line that could not be read',
  params: ({ rank }) => ({ ranking: rank.journals, metric: rank.metric, files: rank.journalFiles }),
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
    for (const file of params.files) {
      const bytes = await readFile(await services.file(file.sha256));
      const text = (file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      const { rows, refused } = parsed(text, file.name, params);
      write(
        rows.map(({ issns, title, category, edition, metric }) => ({
          issns,
          title,
          category,
          edition,
          metric,
          file: file.name,
          refused: null,
        })),
      );
      write(
        refused.map(({ line, reason }) => ({
          issns: null,
          title: null,
          category: null,
          edition: null,
          metric: null,
          file: file.name,
          refused: `line ${line}: ${reason}`,
        })),
      );
    }
  },
});

function parsed(text: string, file: string, { ranking, metric }: { ranking: string; metric: string }): ParsedRanking<JournalRow> {
  if (ranking === 'jcr') return jcr.parse(text, file);
  return scimago.parse(text, file, metric === 'sjr' ? 'sjr' : 'cites-per-doc-2y');
}
