import { z } from 'zod';
import { choice, choices, date, fileList, section, toggle, whole } from './field';

const year = z.int().min(1500).max(2200);
const credits = (description: string) => z.int().min(1).nullable().default(null).describe(description);

/** Where the records come from: the window of years, PubMed, conferences, the world that answers. */
export const sourceShapes = {
  year: { source: choice(['pubdate', 'earliest', 'openalex'], 'Whose publication year counts for PubMed articles') },
  pubmed: {
    on: toggle(true, 'Whether the PubMed corpus is part of the study'),
    routes: choices(['bulk', 'eutils', 'files'], { initial: ['bulk'], least: 1 }, 'How PubMed records are had'),
    files: fileList('PubMed XML files of the route `files`: paths or globs, relative to this file'),
    onBadFile: choice(['fail', 'skip'], 'What a damaged file does: fail, or skip it and show the reason'),
    term: z.string().min(1).default('keywords').describe('Search of the route `eutils`: keywords (their OR), all, or a term of your own'),
    asOf: date('Leave out PubMed records that were added after this date'),
  },
  conferences: { on: toggle(true, 'Whether the OpenAlex conference corpus is part of the study') },
  openalex: {
    route: choice(
      ['api', 'snapshot', 'mixed'],
      'How OpenAlex is read: its API, its snapshot, or the API for the works of the sample and the snapshot for citing works',
    ),
  },
  documents: {
    retracted: choice(['keep', 'drop'], 'Retracted articles'),
    notices: choice(['keep', 'drop'], 'Retraction notices and expressions of concern'),
    errata: choice(['keep', 'drop'], 'Errata and corrections'),
    letters: choice(['keep', 'drop'], 'Letters, comments and editorials'),
    preprints: choice(['keep', 'drop'], 'Preprints'),
  },
  budget: {
    perDay: credits('OpenAlex credits that the study may spend in a UTC day; null: what the key allows'),
    perRun: credits('OpenAlex credits that one run may spend; null: no limit'),
  },
  world: {
    kind: choice(['real', 'synthetic', 'recorded'], 'Who answers: the real services, a synthetic world, or recorded answers'),
    seed: whole({ from: 0, to: 4_294_967_295, initial: 7 }, 'Seed of the synthetic world'),
    scale: choice(['small', 'paper'], 'Size of the synthetic world'),
    from: z.string().min(1).nullable().default(null).describe('Folder of the recorded answers'),
  },
};

export const sourceFields = {
  years: z
    .tuple([year, year])
    .refine(([first, last]) => first <= last, 'to be [first, last] with first not after last')
    .default([2000, 2022])
    .describe('First and last publication year of the study, both included'),
  year: section(sourceShapes.year, 'How a publication year is read'),
  vintage: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/)
    .nullable()
    .default(null)
    .describe('Name of the data vintage; null: the newest of the home'),
  pubmed: section(sourceShapes.pubmed, 'The PubMed corpus'),
  conferences: section(sourceShapes.conferences, 'The conference corpus'),
  openalex: section(sourceShapes.openalex, 'How OpenAlex is read'),
  documents: section(sourceShapes.documents, 'Kinds of documents that are kept or dropped'),
  budget: section(sourceShapes.budget, 'What the study may spend at OpenAlex, in credits of $0.0001'),
  world: section(sourceShapes.world, 'Where the answers come from'),
};
