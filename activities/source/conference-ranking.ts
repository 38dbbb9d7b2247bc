import { conferenceFaults, readConferenceFiles, refuseFaults } from '../reading/rankings';
import { step } from '../step';

export default step({
  id: 'source/conference-ranking',
  doc: 'The CORE ranking of conferences in the edition of the study: a row per conference, and each line that was not used, with the reason',
  params: ({ rank: { coreFiles, edition } }) => ({ coreFiles, edition }),
  output: {
    core: ['text', 'CORE id'],
    title: ['text', 'conference'],
    acronym: ['text', 'acronym; not unique'],
    edition: ['text', 'edition of the ranking'],
    rank: ['text', 'rank as printed, trimmed'],
    file: ['text', 'file it stands in'],
    refused: ['text', 'line and reason, for a line that could not be read; "another edition" for a conference of one'],
  },
  async run({ params, services, write }) {
    const files = await readConferenceFiles(params, (sha256) => services.file(sha256));
    refuseFaults(conferenceFaults(files, params.edition));
    for (const { name: file, rows, refused } of files) {
      write(
        rows.map(({ id, title, acronym, edition, rank }) => ({
          ...{ core: id, title, acronym, edition, rank, file },
          refused: edition === params.edition ? null : 'another edition',
        })),
      );
      write(refused.map(({ line, reason }) => ({ ...NO_CONFERENCE, file, refused: `line ${line}: ${reason}` })));
    }
  },
});

const NO_CONFERENCE = { core: null, title: null, acronym: null, edition: null, rank: null };
