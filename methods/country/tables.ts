/** How a country was found in an affiliation, from the surest cue to none. */
export type CountryCue = 'name' | 'us-state' | 'province' | 'postcode' | 'city' | 'institution' | 'email-domain' | 'none';

/** A country, or null when the text gives none, and the cue that decided. */
export interface CountryReading {
  country: string | null;
  cue: CountryCue;
}

/**
 * The gazetteer, as parsed from `config/tables`. A name that stands in two countries (Georgia, Córdoba, Hamilton) is listed under
 * both and then needs support from the rest of the address. `iso2` is ISO 3166-1 alpha-2, XK for Kosovo.
 */
export interface CountryTables {
  /** country-names.csv. A name of up to four capitals (US, UAE) matches only in capitals. */
  names: readonly { iso2: string; name: string }[];
  /** subdivisions.csv: states, provinces and constituent countries; `code` is the postal code letters or empty. */
  subdivisions: readonly { iso2: string; code: string; name: string }[];
  /** research-cities.csv. */
  cities: readonly { iso2: string; name: string }[];
  /** cities.csv: more cities; a word of that name may be anything, so it counts only where a city stands. */
  towns: readonly { iso2: string; name: string }[];
  /** institutions.csv: universities and colleges. */
  institutions: readonly { iso2: string; name: string }[];
  /** place-phrases.csv: phrases that decide before the words in them do. An empty `iso2` means: says nothing about a country. */
  phrases: readonly { phrase: string; iso2: string; kind: string }[];
}
