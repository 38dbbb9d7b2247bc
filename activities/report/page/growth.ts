import { growthByRegion, regionYears } from '../../../drawing/growth-by-region';
import { growthByYear, type GrowthBar } from '../../../drawing/growth-by-year';
import { growthFinding } from '../../../drawing/growth';
import { html } from '../../../drawing/markup';
import { count, percent } from '../../../drawing/numbers';
import type { GrowthRow, PageData } from '../../../drawing/page-data';
import { regionOf, regionOrder } from '../../../drawing/regions';
import { largestFirst, sumBy, total } from '../../../drawing/sums';
import { figureBlock } from './figure-block';
import { numberId, stepOf } from './number-ids';
import type { Part } from './part';
import type { Table } from './table';

/** Articles by year (paper, Fig. 1) and by year and region. */
export function growthPart(data: PageData): Part | null {
  if (data.growth.length === 0) return null;
  const bars = yearBars(data.growth);
  const byYear = figureBlock(data, {
    id: 'growth-by-year',
    title: growthFinding(bars.map((bar) => ({ year: bar.year, articles: bar.pubmed + bar.conference }))),
    subtitle: 'Articles by year of publication; dashed: compound annual growth rate',
    widths: [760, 340],
    table: yearTable(bars),
    draw: (options) => growthByYear(bars, options),
  });
  const regional = figureBlock(data, {
    id: 'growth-by-region',
    title: regionFinding(data.growth),
    subtitle: 'Articles by year and world region of the lead author',
    widths: [760, 340],
    table: regionTable(data.growth),
    draw: (options) => growthByRegion(withAsk(data.growth), options),
  });
  const markup = html`<section aria-labelledby="growth">
    <h2 id="growth">Growth</h2>
    ${byYear.markup}${regional.markup}
  </section>`;
  return { id: 'growth', label: 'Growth', markup, files: [...byYear.files, ...regional.files] };
}

function yearBars(rows: readonly GrowthRow[]): GrowthBar[] {
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
  const of = (year: number, corpus: GrowthRow['corpus']) =>
    total(
      rows.filter((row) => row.year === year && row.corpus === corpus),
      (row) => row.articles,
    );
  return years.map((year) => ({
    year,
    pubmed: of(year, 'pubmed'),
    conference: of(year, 'conference'),
    ask: numberId(stepOf.growth, { year }, 'articles'),
  }));
}

function yearTable(bars: readonly GrowthBar[]): Table {
  return {
    columns: [
      { key: 'year', label: 'Year', format: 'year' },
      { key: 'articles', label: 'Articles', format: 'count' },
      { key: 'pubmed', label: 'Journals (PubMed)', format: 'count' },
      { key: 'conference', label: 'Conferences', format: 'count' },
    ],
    rows: bars.map((bar) => [
      { value: bar.year },
      { value: bar.pubmed + bar.conference, ask: bar.ask },
      { value: bar.pubmed, ask: numberId(stepOf.growth, { year: bar.year, corpus: 'pubmed' }, 'articles') },
      { value: bar.conference, ask: numberId(stepOf.growth, { year: bar.year, corpus: 'conference' }, 'articles') },
    ]),
  };
}

function withAsk(rows: readonly GrowthRow[]) {
  return rows.map((row) => ({ ...row, ask: numberId(stepOf.growth, { region: row.region, year: row.year }, 'articles') }));
}

function regionTable(rows: readonly GrowthRow[]): Table {
  const names = [...new Set(rows.map((row) => row.region))].sort((a, b) => regionOrder(a) - regionOrder(b));
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
  const values = new Map(regionYears(rows).map((row) => [`${row.region}|${row.year}`, row.value]));
  return {
    columns: [
      { key: 'year', label: 'Year', format: 'year' },
      ...names.map((name) => ({ key: regionOf(name).short, label: regionOf(name).short, format: 'count' as const })),
    ],
    rows: years.map((year) => [
      { value: year },
      ...names.map((name) => ({
        value: values.get(`${name}|${year}`) ?? 0,
        ask: numberId(stepOf.growth, { region: name, year }, 'articles'),
      })),
    ]),
  };
}

/** "Asia published most: 1,234 of 3,000 articles, 41 %". */
function regionFinding(rows: readonly GrowthRow[]): string {
  const sums = sumBy(
    rows,
    (row) => regionOf(row.region).short,
    (row) => row.articles,
  );
  const all = total(rows, (row) => row.articles);
  const [name, most] = largestFirst(
    [...sums],
    (entry) => entry[1],
    (entry) => entry[0],
  )[0]!;
  return `${name} published most: ${count(most)} of ${count(all)} articles, ${percent(most / all)}`;
}
