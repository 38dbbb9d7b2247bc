import { readFile } from 'node:fs/promises';
import * as core from '../../clients/rankings/core';
import { step } from '../step';

export default step({
  id: 'source/conference-ranking',
  doc: 'The CORE ranking of conferences: a row per conference, and each line that could not be read',
  params: ({ rank }) => ({ files: rank.coreFiles }),
  output: {
    core: ['text', 'CORE id'],
    title: ['text', 'conference'],
    acronym: ['text', 'acronym; not unique'],
    edition: ['text', 'edition of the ranking'],
    rank: ['text', 'rank as printed, trimmed'],
    file: ['text', 'file it stands in'],
    refused: ['text', 'line and reason, for a line that could not be read'],
  },
  async run({ params, services, write }) {
    for (const file of params.files) {
      const { rows, refused } = core.parse(await readFile(await services.file(file.sha256), 'utf8'), file.name);
      write(
        rows.map(({ id, title, acronym, edition, rank }) => ({ core: id, title, acronym, edition, rank, file: file.name, refused: null })),
      );
      write(
        refused.map(({ line, reason }) => ({
          core: null,
          title: null,
          acronym: null,
          edition: null,
          rank: null,
          file: file.name,
          refused: `line ${line}: ${reason}`,
        })),
      );
    }
  },
});
