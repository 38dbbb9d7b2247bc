/** One author of an OpenAlex work. `countries` is sorted by alphabet in OpenAlex, so its first entry means nothing. */
export interface OpenAlexAuthorship {
  position: 'first' | 'middle' | 'last';
  countries: readonly string[];
  institutions: readonly { id: string | null; country: string | null }[];
  rawAffiliations: readonly string[];
  corresponding?: boolean;
}

export type ReadCountry = (text: string) => { country: string | null; cue: string };

export interface AuthorCountry {
  country: string | null;
  cue: string;
  /** All countries known for the author, the deciding one first. */
  countries: string[];
}

/**
 * The country of one OpenAlex author: the first institution with a country, else the single entry of `countries`, else the first
 * country read in the raw affiliations. With `textFirst` the raw affiliations are asked before.
 */
export function authorshipCountry(
  { institutions, countries, rawAffiliations }: OpenAlexAuthorship,
  { readCountry, textFirst = false }: { readCountry: ReadCountry; textFirst?: boolean },
): AuthorCountry {
  const ofInstitutions = institutions.flatMap(({ country }) => country ?? []);
  const known = [...ofInstitutions, ...countries];
  const deciders = [
    () => firstOf(ofInstitutions, 'openalex-institution'),
    () => firstOf(countries.length === 1 ? countries : [], 'openalex-countries'),
  ];
  const byText = (): Decider => textCountry(rawAffiliations, readCountry);
  for (const decide of textFirst ? [byText, ...deciders] : [...deciders, byText]) {
    const { country, cue } = decide();
    if (country !== null) return { country, cue, countries: distinct([country, ...known]) };
  }
  return { country: null, cue: 'none', countries: distinct(known) };
}

/** The country of an author from affiliation texts: the first that gives one decides. */
export function textCountry(affiliations: readonly string[], readCountry: ReadCountry): AuthorCountry {
  const readings = affiliations.map(readCountry).filter(({ country }) => country !== null);
  const countries = distinct(readings.flatMap(({ country }) => country ?? []));
  return { country: readings[0]?.country ?? null, cue: readings[0]?.cue ?? 'none', countries };
}

/** One country per author by the same rules, in byline order; null where none is known. For international collaboration. */
export function authorCountries(authorships: readonly OpenAlexAuthorship[], readCountry: ReadCountry): (string | null)[] {
  return authorships.map((authorship) => authorshipCountry(authorship, { readCountry }).country);
}

type Decider = Pick<AuthorCountry, 'country' | 'cue'>;

function firstOf(countries: readonly string[], cue: string): Decider {
  return { country: countries[0] ?? null, cue };
}

function distinct(countries: readonly string[]): string[] {
  return [...new Set(countries)];
}
