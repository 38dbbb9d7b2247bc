import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Country, CountryYear, PageData, StepRow } from '../../drawing/page-data';
import { sampleModels } from './sample-models';
import { sampleRules } from './sample-rules';
import { sampleDrift, sampleFlow, sampleSources, sampleSteps } from './sample-run';

/** An invented world, the same on every machine: no number in it is a finding. */
const years: [number, number] = [2000, 2022];

interface Place {
  iso2: string;
  iso3: string;
  name: string;
  region: string;
}

function places(): Place[] {
  const text = readFileSync(path.resolve(__dirname, '../../config/tables/un-m49-countries.csv'), 'utf8');
  return (parse(text, { columns: true }) as Place[]).filter((place) => place.region !== '');
}

/** Relative size of the largest places; the others follow from their code. */
const sizes: Readonly<Record<string, number>> = {
  US: 9000, CN: 7200, GB: 2100, DE: 1900, JP: 1500, CA: 1250, IN: 1240, KR: 1210, IT: 1150, FR: 1050, ES: 980, AU: 960, NL: 700, TW: 640, BR: 600, IR: 580,
  CH: 520, TR: 470, SE: 380, SG: 350, HK: 330, BE: 300, PL: 290, DK: 250, AT: 240, IL: 230, SA: 220, EG: 190, PK: 180, MY: 180, GR: 170, PT: 170, NO: 160,
  FI: 150, MX: 150, RU: 150, ZA: 110, NZ: 110, IE: 110, CZ: 105, TH: 100, NG: 60, KE: 45, CL: 70, CO: 60, AR: 65,
}; // prettier-ignore

/** A number between 0 and 1 made from text (FNV-1a): varied, never random. */
function noise(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return (((hash ^ (hash >>> 15)) >>> 0) % 10007) / 10007;
}

const qualityOf: Readonly<Record<string, number>> = {
  'Northern America': 0.1,
  Europe: 0.095,
  Oceania: 0.1,
  Asia: 0.05,
  'Latin America and the Caribbean': 0.045,
  Africa: 0.045,
};
const abroadOf: Readonly<Record<string, number>> = {
  'Northern America': 0.18,
  Europe: 0.27,
  Oceania: 0.32,
  Asia: 0.16,
  'Latin America and the Caribbean': 0.23,
  Africa: 0.36,
};

function countryYears(place: Place, size: number): CountryYear[] {
  const rise = place.region === 'Asia' ? 1.25 : 1.19;
  const whole = Array.from({ length: 23 }, (_, i) => rise ** i).reduce((a, b) => a + b, 0);
  const rows = Array.from({ length: 23 }, (_, i) => {
    const key = `${place.iso2}${i}`;
    const articles = Math.round(((size * rise ** i) / whole) * (0.88 + 0.24 * noise(key)));
    const part = (share: number, name: string) => Math.round(articles * share * (0.75 + 0.5 * noise(key + name)));
    return {
      year: years[0] + i,
      articles,
      highRanked: part(qualityOf[place.region] ?? 0.05, 'h'),
      clinical: part(0.12 + 0.14 * noise(place.iso2), 'c'),
      international: part((abroadOf[place.region] ?? 0.2) * (0.7 + i * 0.018), 'i'),
      citations: part(14 + 20 * (qualityOf[place.region] ?? 0.05), 'l'),
    };
  });
  return rows.filter((row) => row.articles > 0);
}

function country(place: Place): Country[] {
  const byYear = countryYears(place, sizes[place.iso2] ?? 40 * noise(place.iso2) ** 3);
  const sum = (column: keyof CountryYear) => byYear.reduce((total, row) => total + row[column], 0);
  const articles = sum('articles');
  if (articles === 0) return [];
  const conference = Math.round(articles * (place.iso2 === 'IN' ? 0.14 : 0.06));
  const counts = { articles, pubmed: articles - conference, conference, highRanked: sum('highRanked'), clinical: sum('clinical') };
  return [
    {
      ...place,
      ...counts,
      international: sum('international'),
      internationalKnown: Math.round(articles * 0.93),
      citations: sum('citations'),
      byYear,
    },
  ];
}

function growth(countries: readonly Country[]): PageData['growth'] {
  const regions = [...new Set(countries.map((entry) => entry.region))];
  return regions.flatMap((region) =>
    Array.from({ length: 23 }, (_, i) => years[0] + i).flatMap((year) => {
      const articles = inYear(countries, region, year, 'articles');
      const conference = Math.round(articles * 0.06);
      return [
        { year, region, corpus: 'pubmed' as const, articles: articles - conference },
        { year, region, corpus: 'conference' as const, articles: conference },
      ];
    }),
  );
}

function inYear(countries: readonly Country[], region: string | null, year: number, column: keyof CountryYear): number {
  const rows = countries
    .filter((entry) => region === null || entry.region === region)
    .flatMap((entry) => entry.byYear.filter((row) => row.year === year));
  return rows.reduce((total, row) => total + row[column], 0);
}

const topicNames = ['Computer vision', 'Computational biology', 'Neuroscience', 'Internal medicine', 'Statistics', 'Radiology', 'Surgery', 'Bioinformatics', 'Pathology', 'Oncology', 'Genetics', 'Speech recognition', 'Data mining', 'Biomedical engineering', 'Psychiatry', 'Pharmacology', 'Cardiology', 'Nuclear medicine', 'Ophthalmology', 'Virology', 'Physical therapy', 'Control theory', 'Cognitive psychology', 'Optics', 'Environmental health', 'Ecology', 'Agronomy', 'Dentistry', 'Gynecology', 'Immunology']; // prettier-ignore

function topics(countries: readonly Country[]): PageData['topics'] {
  const largest = [...countries].sort((a, b) => b.articles - a.articles).slice(0, 40);
  return topicNames.flatMap((name, i) =>
    largest.map((entry) => ({
      concept: `C${1000 + i}`,
      name,
      country: entry.iso2,
      articles: Math.round(entry.articles * (0.13 / (1 + i * 0.28)) * (0.4 + 1.2 * noise(entry.iso2 + name))),
    })),
  );
}

/** A page of an invented run with data for every part. */
export function samplePage(): PageData {
  const countries = places().flatMap(country);
  const sum = (column: 'articles' | 'pubmed' | 'conference' | 'citations') => countries.reduce((total, entry) => total + entry[column], 0);
  const regions = Object.keys(qualityOf);
  const every = Array.from({ length: 23 }, (_, i) => years[0] + i);
  const steps: StepRow[] = sampleSteps(sum('articles'));
  return {
    title: 'A global atlas of AI in life-science research',
    study: 'demo',
    studyTitle: 'AI in life-science research, 2000–2022, rebuilt from a simulated PubMed and OpenAlex',
    vintage: 'synthetic-1',
    synthetic: true,
    run: 42,
    finished: '2026-11-22T14:05:31Z',
    years,
    totals: {
      articles: sum('articles'),
      pubmed: sum('pubmed'),
      conference: sum('conference'),
      countries: countries.length,
      links: sum('citations'),
    },
    differences: [
      { key: 'pubmed.routes', paper: 'bulk', here: 'files' },
      { key: 'conference.rank', paper: 'A', here: 'A*' },
    ],
    countries,
    growth: growth(countries),
    topics: topics(countries),
    internationalByYear: every.map((year) => {
      const articles = inYear(countries, null, year, 'articles');
      return { year, international: inYear(countries, null, year, 'international'), known: Math.round(articles * 0.93), articles };
    }),
    highRankedByRegionYear: regions.flatMap((region) =>
      every.map((year) => ({
        region,
        year,
        highRanked: inYear(countries, region, year, 'highRanked'),
        articles: inYear(countries, region, year, 'articles'),
      })),
    ),
    models: sampleModels(sum('articles')),
    flow: sampleFlow(sum('articles')),
    rules: sampleRules(sum('articles')),
    refused: [{ file: 'pubmed26n0003.xml.gz', reason: 'Expected a complete PubmedArticleSet, got the end of the file at byte 18,220,031' }],
    drift: sampleDrift(countries),
    steps,
    sources: sampleSources,
  };
}
