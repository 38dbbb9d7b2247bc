import { html } from '../../../drawing/markup';
import { plural } from '../../../drawing/numbers';
import type { Country, PageData } from '../../../drawing/page-data';
import { regionOf } from '../../../drawing/regions';
import { largestFirst, shareOf } from '../../../drawing/sums';
import { csvText } from './csv';
import { numberId, stepOf } from './number-ids';
import type { Part, SiteFile } from './part';
import { tableCsv, tableMarkup, type Cell, type Column, type Table } from './table';

interface CountryColumn extends Column {
  cell: (country: Country) => Cell;
  /** Shown only if some country has it. */
  given: (country: Country) => boolean;
}

/** All countries in one sortable, searchable table (paper, Supplement S2). */
export function countriesPart(data: PageData): Part | null {
  if (data.countries.length === 0) return null;
  const table = countryTable(data.countries);
  const search = html`<label class="search needs-script"
    >Search <input type="search" data-search="country-table" placeholder="Country or region"
  /></label>`;
  const markup = html`<section aria-labelledby="countries">
    <h2 id="countries">Countries</h2>
    <p class="intro">
      ${plural(data.countries.length, 'country', 'countries')} with at least one article, by affiliation of the lead author. Shares are of
      the country’s articles.
    </p>
    <div class="table-tools">
      ${search}<span class="links"
        ><a href="data/countries.csv" download>CSV</a> <a href="data/country-year.csv" download>CSV by year</a></span
      >
    </div>
    ${tableMarkup(table, { label: 'All countries', id: 'country-table', sortable: true })}
  </section>`;
  return {
    id: 'countries',
    label: 'Countries',
    markup,
    files: [{ path: 'data/countries.csv', text: tableCsv(table, data.synthetic) }, countryYears(data)],
  };
}

function countryTable(countries: readonly Country[]): Table {
  const columns = allColumns.filter((column) => countries.some(column.given));
  const rows = largestFirst(
    countries,
    (country) => country.articles,
    (country) => country.iso2,
  ).map((country) => columns.map((column) => column.cell(country)));
  return { columns, rows };
}

const always = () => true;
const ask = (country: Country, column: string) => numberId(stepOf.countryTotals, { country: country.iso2 }, column);

const allColumns: readonly CountryColumn[] = [
  { key: 'country', label: 'Country', format: 'text', given: always, cell: (c) => ({ value: c.name }) },
  { key: 'region', label: 'Region', format: 'text', given: (c) => c.region !== null, cell: (c) => ({ value: regionOf(c.region).short }) },
  { key: 'articles', label: 'Articles', format: 'count', given: always, cell: (c) => ({ value: c.articles, ask: ask(c, 'articles') }) },
  { key: 'journal', label: 'Journal', format: 'count', given: always, cell: (c) => ({ value: c.pubmed, ask: ask(c, 'pubmed') }) },
  {
    key: 'conference',
    label: 'Conference',
    format: 'count',
    given: always,
    cell: (c) => ({ value: c.conference, ask: ask(c, 'conference') }),
  },
  {
    key: 'high_ranked',
    label: 'High-ranked',
    format: 'percent',
    given: (c) => c.highRanked > 0,
    cell: (c) => share(c, c.highRanked, stepOf.highRankedByCountry, 'high_ranked'),
  },
  {
    key: 'clinical',
    label: 'Clinical',
    format: 'percent',
    given: (c) => c.clinical > 0,
    cell: (c) => share(c, c.clinical, stepOf.clinical, 'clinical'),
  },
  {
    key: 'international',
    label: 'International',
    format: 'percent',
    given: (c) => c.internationalKnown > 0,
    cell: (c) => ({ value: shareOf(c.international, c.internationalKnown), ask: ask(c, 'international') }),
  },
  {
    key: 'citations_per_article',
    label: 'Citations / article',
    format: 'ratio',
    given: (c) => c.citations > 0,
    cell: (c) => ({ value: shareOf(c.citations, c.articles), ask: ask(c, 'citations') }),
  },
];

function share(country: Country, part: number, step: string, column: string): Cell {
  return { value: shareOf(part, country.articles), ask: numberId(step, { country: country.iso2 }, column) };
}

function countryYears(data: PageData): SiteFile {
  const header = ['iso2', 'country', 'region', 'year', 'articles', 'high_ranked', 'clinical', 'international', 'citations'];
  const rows = data.countries.flatMap((country) =>
    country.byYear.map((row) => [
      country.iso2,
      country.name,
      country.region,
      row.year,
      row.articles,
      row.highRanked,
      row.clinical,
      row.international,
      row.citations,
    ]),
  );
  return { path: 'data/country-year.csv', text: csvText(header, rows, data.synthetic) };
}
