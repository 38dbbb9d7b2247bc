import { z } from 'zod';
import { choice, choices, fileList, section, whole } from './field';

/** Which outlets are high-ranked, and what an outlet is. */
export const rankingShapes = {
  rank: {
    journals: choice(['jcr', 'scimago', 'none'], 'Journal ranking'),
    journalFiles: fileList('Files of the journal ranking: paths or globs, relative to this file'),
    metric: choice(['impact-factor', 'cites-per-doc-2y', 'sjr'], 'Metric that orders the journals of a category'),
    year: whole({ from: 1990, to: 2200, initial: 2020 }, 'Data year of the journal ranking'),
    top: whole({ from: 1, to: 1000, initial: 3 }, 'Ranks of a category that count as high'),
    ties: choice(['competition', 'dense'], 'Ranks of equal journals: 1, 1, 3 or 1, 1, 2'),
    miscellaneous: choice(['keep', 'drop'], "SCImago's categories named miscellaneous"),
    core: choices(['A*', 'A'], { initial: ['A*'], least: 0 }, 'CORE ranks of a conference that count as high'),
    coreFiles: fileList('Files of the CORE ranking: paths or globs, relative to this file'),
    edition: z.string().min(1).default('CORE2023').describe('CORE edition, as written in the fourth column of the file'),
    base: choice(['final', 'found'], 'Articles that are counted: with a country, or all that were found'),
    denominator: choice(['all', 'indexed'], 'What a share is of: all articles, or those in ranked outlets'),
    minCountry: whole({ from: 0, to: 1_000_000, initial: 100 }, 'Articles a country needs to be shown'),
    whenMissing: choice(['block', 'without'], 'No file in place: refuse to start, or go on without that ranking'),
  },
  outlet: {
    identity: choices(
      ['nlm', 'issn-l', 'source', 'title'],
      { initial: ['nlm', 'issn-l', 'source', 'title'], least: 1 },
      'What tells two outlets apart, first that is known',
    ),
    conference: choice(['series', 'source'], 'A conference outlet: the series, or the OpenAlex source of a year'),
  },
};

export const rankingFields = {
  rank: section(rankingShapes.rank, 'High-ranked outlets'),
  outlet: section(rankingShapes.outlet, 'What one outlet is'),
};
