import { countries, countryOf, weightIn, type Country } from './countries';
import type { Random } from './random';

/** How OpenAlex knows the country of an author: see truth, `lead.order`. */
export type Placement = 'institution' | 'two-institutions' | 'countries-only' | 'several-without-institution' | 'none';

export interface Institution {
  id: string;
  name: string;
  country: string;
}

export interface Author {
  last: string;
  fore: string;
  initials: string;
  orcid: string | null;
  country: string;
  /** A second country that OpenAlex gives this author. */
  second: string | null;
  /** What PubMed prints for this author; empty = nothing. */
  affiliations: string[];
  /** The country those texts name, or null if they name none or are missing. */
  pubmedCountry: string | null;
  placement: Placement;
  institutions: Institution[];
  raw: string[];
}

const surnames: Record<string, string[]> = {
  CN: ['Wang', 'Li', 'Zhang', 'Liu', 'Chen', 'Yang', 'Zhao', 'Huang', 'Lü'],
  JP: ['Sato', 'Suzuki', 'Takahashi', 'Tanaka', 'Itō', 'Yamamoto'],
  KR: ['Kim', 'Lee', 'Park', 'Choi', 'Jung'],
  IN: ['Sharma', 'Patel', 'Reddy', 'Gupta', 'Iyer'],
  DE: ['Müller', 'Schröder', 'Weiß', 'Köhler', 'Fischer'],
  FR: ['Lefèvre', 'Dubois', 'Gérard', 'Moreau', 'François'],
  ES: ['García', 'Núñez', 'López', 'Sánchez', 'Ibáñez'],
  BR: ['Conceição', 'Araújo', 'Silva', 'Gonçalves', 'Simões'],
  TR: ['Yılmaz', 'Çelik', 'Şahin', 'Öztürk', 'Güneş'],
  PL: ['Wiśniewski', 'Dąbrowska', 'Nowak', 'Żak'],
  XX: ['Okafor', 'Smith', "O'Brien", 'Johnson', 'Håkansson', 'van der Meer', 'Rossi', 'Novák', 'Brown', 'Mbeki', 'Haddad', 'Nguyễn'],
};
const likeNames: Record<string, string> = {
  TW: 'CN',
  HK: 'CN',
  SG: 'CN',
  AT: 'DE',
  CH: 'DE',
  BE: 'FR',
  TN: 'FR',
  MX: 'ES',
  AR: 'ES',
  CL: 'ES',
  CO: 'ES',
  PT: 'BR',
};
const forenames = [
  'Ana',
  'Wei',
  'Maria',
  'John Paul',
  'José',
  'Yuki',
  'Fatima',
  'Émile',
  'Priya',
  'Zoë',
  'Li Na',
  'Björn',
  'Amina',
  'Karl',
  'Min-Jun',
  'Olga',
];
const departments = [
  'Department of Medicine',
  'School of Engineering',
  'Department of Radiology',
  'Institute of Neuroscience',
  'Faculty of Medicine',
  'Center for Health Data',
];

const initialsOf = (fore: string) =>
  fore
    .split(/[ -]/)
    .map((name) => name.charAt(0))
    .join('');

/** The institution of that number in a country; ids do not depend on the seed. */
function institution(country: Country, number: number): Institution {
  const city = (country.cities[Math.floor(number / country.institutions.length)] ?? '')
    .replace(/,.*$/, '')
    .replace(/\b[A-Z]{0,2}\d[\w-]*(?: \d?[A-Z]{2})?\b/g, '')
    .trim();
  const name = (country.institutions[number % country.institutions.length] ?? '').replace('{city}', city);
  return { id: `I${9_920_000_001 + countries.indexOf(country) * 100 + number}`, name, country: country.code };
}

function anyInstitution(random: Random, country: Country): { place: Institution; city: string } {
  const number = random.int(0, country.cities.length * country.institutions.length - 1);
  return { place: institution(country, number), city: country.cities[Math.floor(number / country.institutions.length)] ?? '' };
}

/** An affiliation text that names its country, in one of the ways of that country. */
export function affiliationText(random: Random, country: Country): { text: string; place: Institution } {
  const { place, city } = anyInstitution(random, country);
  const text = `${random.pick(departments)}, ${place.name}, ${random.pick(country.endings).replace('{city}', city)}.`;
  return { text: random.chance(0.2) ? `${text} Electronic address: author${random.int(1, 99)}@example.org.` : text, place };
}

function placement(random: Random): Placement {
  return random.weighted<[Placement, number]>(
    [
      ['institution', 86],
      ['two-institutions', 4],
      ['countries-only', 3],
      ['several-without-institution', 1],
      ['none', 6],
    ],
    ([, weight]) => weight,
  )[0];
}

/** Another country to publish with, by weight. */
export function partner(random: Random, code: string, year: number): Country {
  return random.weighted(
    countries.filter((one) => one.code !== code),
    (one) => weightIn(one, year),
  );
}

/** `printed` says whether PubMed prints an affiliation for this author: until 2013 only the first one's. */
export function makeAuthor(random: Random, { country: code, year, printed }: { country: string; year: number; printed: boolean }): Author {
  const country = countryOf(code);
  const fore = random.pick(forenames);
  const { text, place } = affiliationText(random, country);
  const how = placement(random);
  const other =
    how === 'two-institutions' || how === 'several-without-institution' ? affiliationText(random, partner(random, code, year)) : null;
  const unreadable = random.chance(0.02);
  return {
    last: random.pick(surnames[code] ?? surnames[likeNames[code] ?? 'XX'] ?? []),
    fore,
    initials: initialsOf(fore),
    orcid: random.chance(0.13) ? `0000-0009-${random.int(1000, 9999)}-${random.int(1000, 9999)}` : null,
    country: code,
    second: other?.place.country ?? null,
    affiliations: !printed
      ? []
      : unreadable
        ? [`${random.pick(departments)}, Synthetic General Hospital.`]
        : other
          ? [text, other.text]
          : [text],
    pubmedCountry: printed && !unreadable ? code : null,
    placement: how,
    institutions: how === 'institution' ? [place] : how === 'two-institutions' && other ? [place, other.place] : [],
    raw: how === 'none' ? [] : other ? [text, other.text] : [text],
  };
}

/** The `countries` of an authorship, sorted by alphabet as at OpenAlex. */
export function countriesOf({ placement: how, country, second }: Author): string[] {
  if (how === 'none') return [];
  return [...new Set(second === null ? [country] : [country, second])].sort();
}

/** The same author without any address, anywhere: no country can be found. */
export const withoutAddress = (author: Author): Author => ({
  ...author,
  second: null,
  affiliations: [],
  pubmedCountry: null,
  placement: 'none',
  institutions: [],
  raw: [],
});
