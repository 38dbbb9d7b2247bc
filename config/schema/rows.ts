import { z } from 'zod';

/** An area of UN M49; region and subregion are null for Antarctica, the code for areas outside M49. */
export const countryRow = z.strictObject({
  iso2: z.string(),
  iso3: z.string(),
  m49: z.string().nullable(),
  name: z.string(),
  subregion: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string(),
});

/** An OpenAlex concept of level 0 or 1; parents by name. */
export const conceptRow = z.strictObject({ id: z.string(), name: z.string(), level: z.int(), parents: z.array(z.string()) });

/** An OpenAlex source that is a conference of CORE, checked by hand. */
export const coreAlias = z.strictObject({ core: z.string(), source: z.string() });

/** A number of the paper. `tol` in percent, for shares in points; null where only direction or significance is compared. */
export const publishedNumber = z.strictObject({
  id: z.string(),
  where: z.string(),
  quantity: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.string(),
  op: z.enum(['eq', 'approx', 'gt', 'lt', 'order', 'sig', 'ns']),
  tol: z.number().nullable(),
  class: z.enum(['identity', 'count', 'share', 'estimate', 'audit']),
  note: z.string(),
});

/** What the paper says about order and direction. */
export const publishedClaim = z.strictObject({ id: z.string(), where: z.string(), claim: z.string() });

export type CountryRow = z.output<typeof countryRow>;
export type ConceptRow = z.output<typeof conceptRow>;
export type PublishedNumber = z.output<typeof publishedNumber>;
export type PublishedClaim = z.output<typeof publishedClaim>;
