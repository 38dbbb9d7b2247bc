import { z } from 'zod';
import { rankingFields } from './ranking';
import { relevanceFields } from './relevance';
import { sampleFields } from './sample';
import { sourceFields } from './sources';

export const STUDY_NAME = /^[a-z0-9-]+$/;

/** A study file as a user writes it: all but the name may be left out or come from the study it extends. */
export const studyFile = z
  .strictObject({
    name: z.string().regex(STUDY_NAME).describe('Name of the study: the basename of this file'),
    extends: z.string().min(1).optional().describe('Study this one starts from: a name, or a path relative to this file'),
    title: z.string().min(1).default('Untitled study').describe('Title on every page and export'),
    ...sourceFields,
    ...sampleFields,
    ...rankingFields,
    ...relevanceFields,
  })
  .describe('A study of research-atlas');

/** All files of a study merged, defaults filled in, nothing read from disk yet. */
export type StudyFile = z.output<typeof studyFile>;
