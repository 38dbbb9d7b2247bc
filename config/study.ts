import { z } from 'zod';
import { rankingFields, rankingShapes } from './schema/ranking';
import { relevanceFields } from './schema/relevance';
import { conceptRow, coreAlias, countryRow, publishedClaim, publishedNumber } from './schema/rows';
import { KEYWORD_LISTS, sampleFields, sampleShapes } from './schema/sample';
import { sourceFields, sourceShapes } from './schema/sources';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().min(0);

/** A file by its content. Where it lies is kept beside the study, so that no path enters a key. */
export const fileRef = z.strictObject({ name: z.string(), sha256, bytes });

/** A folder by its content. */
export const folderRef = z.strictObject({ sha256, bytes, files: z.int().min(0) });

/** Keywords in the notation of their list; `wos`: `*` any run, `?` exactly one, `$` none or one character. */
const keywordList = z.strictObject({
  list: z.union([z.enum(KEYWORD_LISTS), z.string()]),
  marks: z.enum(['none', 'wos']),
  entries: z.array(z.string()),
});

/** The study as steps read it: plain JSON, `extends` applied, vocabularies and small tables inlined, files by digest. */
export const studySchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  ...sourceFields,
  ...sampleFields,
  ...rankingFields,
  ...relevanceFields,
  pubmed: z.strictObject({ ...sourceShapes.pubmed, files: z.array(fileRef) }),
  world: z.strictObject({ ...sourceShapes.world, from: folderRef.nullable() }),
  keywords: z.strictObject({
    ...sampleShapes.keywords,
    ...keywordList.shape,
    /** Entries of the printed list that no copy shows; each contains another entry, so no selection depends on them. */
    uncertain: z.array(z.string()),
    comparison: keywordList.nullable(),
  }),
  /** The tables of the country reader that ship with the program. */
  lead: z.strictObject({ ...sampleShapes.lead, gazetteer: z.array(fileRef) }),
  regions: z.strictObject({ ...sampleShapes.regions, countries: z.array(countryRow) }),
  topic: z.strictObject({ ...sampleShapes.topic, concepts: z.array(conceptRow) }),
  clinical: z.strictObject({
    ...sampleShapes.clinical,
    filter: z.enum(['broad', 'narrow', 'balanced', 'file']),
    /** Lines of the user's filter file; empty unless `filter` is `file`. */
    entries: z.array(z.string()),
  }),
  rank: z.strictObject({
    ...rankingShapes.rank,
    journalFiles: z.array(fileRef),
    coreFiles: z.array(fileRef),
    coreAliases: z.array(coreAlias),
  }),
  published: z.strictObject({ numbers: z.array(publishedNumber), claims: z.array(publishedClaim) }),
});

export type Study = z.output<typeof studySchema>;
export type FileRef = z.output<typeof fileRef>;
export type FolderRef = z.output<typeof folderRef>;
export type KeywordList = z.output<typeof keywordList>;
