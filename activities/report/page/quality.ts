import { countryBars } from '../../../drawing/country-bars';
import { html } from '../../../drawing/markup';
import { count, percent } from '../../../drawing/numbers';
import type { Country, PageData } from '../../../drawing/page-data';
import { capital, inSentence } from '../../../drawing/place-names';
import { regionLines, TELLING, type RegionYear } from '../../../drawing/region-lines';
import { regionOf } from '../../../drawing/regions';
import { largestFirst, shareOf } from '../../../drawing/sums';
import { figureBlock } from './figure-block';
import { numberId, stepOf } from './number-ids';
import { minimumArticles, type Part } from './part';

/** High-ranked outlets: by region and year (paper, Fig. 6) and by country (Fig. 5). */
export function qualityPart(data: PageData): Part | null {
  const blocks = [regionBlock(data), countryBlock(data)].filter((block) => block !== null);
  if (blocks.length === 0) return null;
  const markup = html`<section aria-labelledby="quality">
    <h2 id="quality">Quality of outlets</h2>
    <p class="intro">
      High-ranked: in one of the top three journals of a category, or at a conference of the highest
      rank.${data.ranked === false && ' No journal ranking was in place: only conferences can count here.'}
    </p>
    ${blocks.map((block) => block.markup)}
  </section>`;
  return { id: 'quality', label: 'Quality', markup, files: blocks.flatMap((block) => block.files) };
}

function regionBlock(data: PageData) {
  const rows = data.highRankedByRegionYear;
  if (!rows.some((row) => row.highRanked > 0)) return null;
  const id = (row: { region: string; year: number }) =>
    numberId(stepOf.highRankedByRegionYear, { region: row.region, year: row.year }, 'high_ranked');
  const lines: RegionYear[] = rows.map((row) => ({
    region: row.region,
    year: row.year,
    value: shareOf(row.highRanked, row.articles),
    n: row.articles,
    ask: id(row),
  }));
  return figureBlock(data, {
    id: 'high-ranked-by-region-year',
    title: regionFinding(rows),
    subtitle: 'Articles in high-ranked outlets by region and year, % of the region’s articles',
    note: `Hollow markers: fewer than ${minimumArticles} articles. Shares of fewer than ${TELLING} are not drawn; the table has them.`,
    widths: [760, 340],
    table: {
      columns: [
        { key: 'region', label: 'Region', format: 'text' },
        { key: 'year', label: 'Year', format: 'year' },
        { key: 'high_ranked', label: 'High-ranked', format: 'count' },
        { key: 'articles', label: 'Articles', format: 'count' },
        { key: 'share', label: 'Share', format: 'percent' },
      ],
      rows: rows.map((row) => [
        { value: regionOf(row.region).short },
        { value: row.year },
        { value: row.highRanked, ask: id(row) },
        { value: row.articles, ask: numberId(stepOf.highRankedByRegionYear, { region: row.region, year: row.year }, 'articles') },
        { value: shareOf(row.highRanked, row.articles), ask: id(row) },
      ]),
    },
    draw: (options) => regionLines(lines, { ...options, unit: 'percent', minimum: minimumArticles }),
  });
}

function regionFinding(rows: PageData['highRankedByRegionYear']): string {
  const last = Math.max(...rows.map((row) => row.year));
  const inLast = rows.filter((row) => row.year === last && row.articles >= TELLING);
  const ordered = largestFirst(
    inLast,
    (row) => row.highRanked / row.articles,
    (row) => row.region,
  );
  const [high, low] = [ordered[0], ordered[ordered.length - 1]];
  if (!high || !low || high === low || high.highRanked / high.articles === low.highRanked / low.articles)
    return 'High-ranked articles by region';
  const said = (row: typeof high) => `${regionOf(row.region).short} (${percent(row.highRanked / row.articles)})`;
  return `In ${last}, the share of high-ranked articles was highest in ${said(high)} and lowest in ${said(low)}`;
}

/** Countries with enough articles for a share; where a small run has none, the largest ones, marked as small. */
function countryBlock(data: PageData) {
  const able = data.countries.filter((country) => country.highRanked > 0);
  const solid = able.filter((country) => country.articles >= minimumArticles);
  const pool = solid.length > 0 ? solid : able;
  if (pool.length === 0) return null;
  const shown = largestFirst(
    pool,
    (country) => country.highRanked / country.articles,
    (country) => country.iso2,
  ).slice(0, 25);
  const id = (country: Country) => numberId(stepOf.highRankedByCountry, { country: country.iso2 }, 'high_ranked');
  return figureBlock(data, {
    id: 'high-ranked-by-country',
    title: countryFinding(shown[0]!, solid.length > 0),
    subtitle: `Articles in high-ranked outlets, % of the country’s articles; ${solid.length > 0 ? `countries with at least ${minimumArticles} articles` : `all countries have fewer than ${minimumArticles} articles`}; the highest ${shown.length}`,
    widths: [760, 340],
    table: {
      columns: [
        { key: 'country', label: 'Country', format: 'text' },
        { key: 'high_ranked', label: 'High-ranked', format: 'count' },
        { key: 'articles', label: 'Articles', format: 'count' },
        { key: 'share', label: 'Share', format: 'percent' },
      ],
      rows: shown.map((country) => [
        { value: country.name },
        { value: country.highRanked, ask: id(country) },
        { value: country.articles, ask: numberId(stepOf.countryTotals, { country: country.iso2 }, 'articles') },
        { value: country.highRanked / country.articles, ask: id(country) },
      ]),
    },
    draw: (options) =>
      countryBars(
        shown.map((country) => ({
          name: country.name,
          region: country.region,
          value: country.highRanked / country.articles,
          n: country.articles,
          ask: id(country),
        })),
        { ...options, unit: 'percent', minimum: minimumArticles, showN: true },
      ),
  });
}

function countryFinding(first: Country, solid: boolean): string {
  if (!solid) return `High-ranked articles by country: too few to compare (fewer than ${count(minimumArticles)} a country)`;
  const among = ` among countries with at least ${count(minimumArticles)} articles`;
  return `${capital(inSentence(first.name))} had the highest share of high-ranked articles${among}: ${percent(first.highRanked / first.articles)}`;
}
