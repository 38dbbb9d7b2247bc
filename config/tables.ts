import { z } from 'zod';
import { readCsv } from './csv';
import type { ConceptRow, CountryRow, PublishedClaim, PublishedNumber } from './schema/rows';
import { publishedClaim, publishedNumber } from './schema/rows';

const word = z.string().min(1);
const optionalWord = z.string().transform((text) => (text === '' ? null : text));
const optionalNumber = z
  .string()
  .regex(/^(-?\d+(\.\d+)?)?$/, 'a decimal number or nothing')
  .transform((text) => (text === '' ? null : Number(text)));

const countryCells = z.strictObject({
  iso2: z.string().regex(/^[A-Z]{2}$/, 'two capital letters'),
  iso3: z.string().regex(/^[A-Z]{3}$/, 'three capital letters'),
  m49: z
    .string()
    .regex(/^(\d{3})?$/, 'three digits or nothing')
    .transform((text) => (text === '' ? null : text)),
  name: word,
  subregion: optionalWord,
  region: optionalWord,
  source: word,
});

const conceptCells = z
  .strictObject({
    openalex_id: z.string().regex(/^C\d+$/, 'an id such as C71924100'),
    display_name: word,
    level: z.enum(['0', '1']),
    parents: z.string(),
  })
  .transform((cells) => ({
    id: cells.openalex_id,
    name: cells.display_name,
    level: Number(cells.level),
    parents: cells.parents === '' ? [] : cells.parents.split(';'),
  }));

const numberCells = publishedNumber.extend({
  id: word,
  value: optionalNumber,
  low: optionalNumber,
  high: optionalNumber,
  tol: optionalNumber,
});

const claimCells = publishedClaim.extend({ id: word, claim: word });

/** Countries and areas with their UN M49 region. @throws InputError with file and line */
export function readCountries(file: string): CountryRow[] {
  return readCsv(file, { row: countryCells, id: (row) => row.iso2 });
}

/** OpenAlex concepts of levels 0 and 1. @throws InputError with file and line */
export function readConcepts(file: string): ConceptRow[] {
  return readCsv(file, { row: conceptCells, id: (row) => row.id });
}

/** Numbers of the paper that a rebuild is held against. @throws InputError with file and line */
export function readPublishedNumbers(file: string): PublishedNumber[] {
  return readCsv(file, { row: numberCells, id: (row) => row.id });
}

/** Claims of the paper about order and direction. @throws InputError with file and line */
export function readPublishedClaims(file: string): PublishedClaim[] {
  return readCsv(file, { row: claimCells, id: (row) => row.id });
}

const aliasCells = z
  .strictObject({
    core_id: z.string().regex(/^\d+$/, 'a CORE id'),
    openalex_source: z.string().regex(/^S\d+$/, 'an id such as S4306420609'),
    note: z.string(),
  })
  .transform(({ core_id: core, openalex_source: source }) => ({ core, source }));

/** core-aliases.csv: OpenAlex source → CORE conference, checked by hand. @throws InputError */
export function readCoreAliases(file: string): { core: string; source: string }[] {
  return readCsv(file, { row: aliasCells, id: ({ source }) => source });
}

const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number);
const priceCells = z
  .strictObject({
    step: word,
    /** Of the study's openalex.route: those that ask for it. */
    routes: word.transform((names) => z.array(z.enum(['api', 'mixed', 'snapshot'])).parse(names.split(' '))),
    requests: whole,
    credits: whole,
    bytes: whole,
    shards: whole,
    what: word,
    source: word,
    as_of: z.string().regex(/^\d{4}-\d{2}$/, 'a month such as 2026-08'),
  })
  // "(DOI)" after a step tells two rows of it apart.
  .transform(({ step, as_of: asOf, ...row }) => ({ ...row, id: step, step: step.replace(/ \(.*\)$/, ''), asOf }));

/** What a first run asks of the services, at the size of the paper's study. */
export type PriceRow = z.output<typeof priceCells>;

/** price-list.csv. @throws InputError with file and line */
export function readPriceList(file: string): PriceRow[] {
  return readCsv(file, { row: priceCells, id: ({ id }) => id });
}
