import { z } from 'zod';

/** Read by name: unknown keys are ignored, and every key but the id may be null or absent (recordings from 2023 lack several). */
const text = z.string().nullish();
const numeric = z.union([z.number(), z.string().transform(Number)]);
const place = z.object({ id: text }).nullish();

const authorship = z.object({
  author_position: text,
  author: z.object({ display_name: text }).nullish(),
  raw_author_name: text,
  countries: z.array(z.string()).nullish(),
  institutions: z.array(z.object({ id: text, country_code: text })).nullish(),
  raw_affiliation_strings: z.array(z.string()).nullish(),
  raw_affiliation_string: text,
  affiliations: z.array(z.object({ raw_affiliation_string: text })).nullish(),
});

const topic = z.object({ id: z.string(), score: numeric.nullish(), subfield: place, field: place, domain: place });

const source = z.object({ id: text, display_name: text, type: text, issn: z.array(z.string()).nullish(), issn_l: text });

/** Kept as it came: a zod record would lose a word such as "__proto__". */
const invertedIndex = z.custom<Record<string, number[]>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((places) => Array.isArray(places) && places.every(Number.isInteger)),
  'Expected word → positions',
);

export const workSchema = z.object({
  id: z.string().regex(/W\d+$/),
  doi: text,
  ids: z.object({ pmid: z.union([z.string(), z.number()]).nullish(), doi: text }).nullish(),
  title: text,
  publication_year: z.number().int().nullish(),
  publication_date: text,
  type: text,
  language: text,
  primary_location: z.object({ source: source.nullish() }).nullish(),
  authorships: z.array(authorship).nullish(),
  is_authors_truncated: z.boolean().nullish(),
  concepts: z.array(z.object({ id: z.string(), level: z.number().int().nullish(), score: numeric.nullish() })).nullish(),
  topics: z.array(topic).nullish(),
  primary_topic: topic.nullish(),
  is_retracted: z.boolean().nullish(),
  indexed_in: z.array(z.string()).nullish(),
  cited_by_count: z.number().int().nullish(),
  referenced_works: z.array(z.string()).nullish(),
  abstract_inverted_index: invertedIndex.nullish(),
  updated_date: text,
});

export type RawWork = z.infer<typeof workSchema>;

export const sourceSchema = z.object({
  id: z.string().regex(/S\d+$/),
  display_name: text,
  alternate_titles: z.array(z.string()).nullish(),
  type: text,
  issn: z.array(z.string()).nullish(),
  issn_l: text,
  host_organization_name: text,
  works_count: z.number().int().nullish(),
  updated_date: text,
});
