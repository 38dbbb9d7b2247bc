import type { OpenAlexAuthorship, ReadCountry } from './author-country';
import { areaOf, type Politics } from './regions';

/** `regions.politics` where countries come in: a reader that answers by area, and OpenAlex authors with areas for countries. */
export interface Areas {
  read: ReadCountry;
  authorships(authors: readonly OpenAlexAuthorship[] | null): OpenAlexAuthorship[] | null;
}

/** With `separate` nothing changes; with `merged` an author in Hong Kong and Shenzhen has one country, China. */
export function inAreas(read: ReadCountry, politics: Politics): Areas {
  const area = (iso2: string | null): string | null => (iso2 === null ? null : areaOf(iso2, politics));
  return {
    read: (text) => {
      const { country, cue } = read(text);
      return { country: area(country), cue };
    },
    authorships: (authors) =>
      authors?.map((author) => ({
        ...author,
        countries: [...new Set(author.countries.map((iso2) => areaOf(iso2, politics)))].sort(),
        institutions: author.institutions.map(({ id, country }) => ({ id, country: area(country) })),
      })) ?? null,
  };
}
