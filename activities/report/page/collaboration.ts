import { countryBars } from '../../../drawing/country-bars';
import { html } from '../../../drawing/markup';
import { percent } from '../../../drawing/numbers';
import type { PageData } from '../../../drawing/page-data';
import { regionOf, regions } from '../../../drawing/regions';
import { shareLine } from '../../../drawing/share-line';
import { largestFirst, shareOf, total } from '../../../drawing/sums';
import { figureBlock } from './figure-block';
import { internationalModels } from './international-models';
import { numberId, stepOf } from './number-ids';
import { minimumArticles, type Part } from './part';

/** International collaboration: citations beside national articles (paper, Fig. 8A), share by year (paper, Fig. 8B) and by region (Fig. 8C), of the articles that the study counts for it. */
export function collaborationPart(data: PageData): Part | null {
  const blocks = [internationalModels(data), yearBlock(data), regionBlock(data)].filter((block) => block !== null);
  if (blocks.length === 0) return null;
  const markup = html`<section aria-labelledby="collaboration">
    <h2 id="collaboration">International collaboration</h2>
    <p class="intro">International: at least two authors with affiliations in different countries.</p>
    ${blocks.map((block) => block.markup)}
  </section>`;
  return { id: 'collaboration', label: 'Collaboration', markup, files: blocks.flatMap((block) => block.files) };
}

function yearBlock(data: PageData) {
  const rows = [...data.internationalByYear].sort((a, b) => a.year - b.year);
  const points = rows.map((row) => ({
    year: row.year,
    share: shareOf(row.international, row.known),
    n: row.known,
    ask: id(row.year, 'international'),
  }));
  if (points.filter((point) => point.share !== null).length < 2) return null;
  const coverage = shareOf(
    total(rows, (row) => row.covered ?? row.known),
    total(rows, (row) => row.articles),
  );
  return figureBlock(data, {
    id: 'international-by-year',
    title: yearFinding(points),
    subtitle: 'International articles by year, % of articles',
    note: `All co-authors’ countries are known for ${coverage === null ? 'no' : percent(coverage)} of the articles; where they are not, an article counts as the study says. Hollow markers: fewer than ${minimumArticles} articles.`,
    widths: [760, 340],
    table: {
      columns: [
        { key: 'year', label: 'Year', format: 'year' },
        { key: 'international', label: 'International', format: 'count' },
        { key: 'known', label: 'Counted', format: 'count' },
        { key: 'articles', label: 'Articles', format: 'count' },
        { key: 'share', label: 'Share', format: 'percent' },
      ],
      rows: rows.map((row) => [
        { value: row.year },
        { value: row.international, ask: id(row.year, 'international') },
        { value: row.known, ask: id(row.year, 'known') },
        { value: row.articles, ask: id(row.year, 'articles') },
        { value: shareOf(row.international, row.known), ask: id(row.year, 'international') },
      ]),
    },
    draw: (options) => shareLine(points, { ...options, minimum: minimumArticles }),
  });
}

interface YearShare {
  readonly year: number;
  readonly share: number | null;
  readonly n: number;
}

/** Between the first and the last year with enough articles for a share. */
function yearFinding(points: readonly YearShare[]): string {
  const solid = points.filter(({ n }) => n >= minimumArticles);
  const [first, last] = [solid[0], solid.at(-1)];
  if (!first || !last || first === last)
    return `International articles by year: too few for a trend (fewer than ${minimumArticles} a year)`;
  const verb = last.share! > first.share! ? 'rose' : last.share! < first.share! ? 'fell' : 'stayed';
  return `The share of international articles ${verb} from ${percent(first.share!)} in ${first.year} to ${percent(last.share!)} in ${last.year}`;
}

function id(year: number, column: string): string {
  return numberId(stepOf.internationalByYear, { year }, column);
}

function regionBlock(data: PageData) {
  const rows = regionShares(data);
  if (rows.length < 2) return null;
  const ask = (region: string) => numberId(stepOf.internationalByRegion, { region }, 'international');
  return figureBlock(data, {
    id: 'international-by-region',
    title: regionFinding(rows),
    subtitle: 'International articles by world region of the lead author, % of articles',
    widths: [760, 340],
    table: {
      columns: [
        { key: 'region', label: 'Region', format: 'text' },
        { key: 'international', label: 'International', format: 'count' },
        { key: 'known', label: 'Counted', format: 'count' },
        { key: 'share', label: 'Share', format: 'percent' },
      ],
      rows: rows.map((row) => [
        { value: row.name },
        { value: row.international, ask: ask(row.region) },
        { value: row.known, ask: ask(row.region) },
        { value: row.share, ask: ask(row.region) },
      ]),
    },
    draw: (options) =>
      countryBars(
        rows.map((row) => ({ name: row.name, region: row.region, value: row.share, n: row.known, ask: ask(row.region) })),
        { ...options, unit: 'percent', minimum: minimumArticles, showN: true },
      ),
  });
}

function regionFinding(rows: ReturnType<typeof regionShares>): string {
  const solid = rows.filter(({ known }) => known >= minimumArticles);
  const [high, low] = [solid[0], solid.at(-1)];
  if (!high || !low || high === low) return `International articles by region: too few to compare (fewer than ${minimumArticles} a region)`;
  return `Articles led from ${high.name} were international most often (${percent(high.share)}), from ${low.name} least often (${percent(low.share)})`;
}

function regionShares(data: PageData) {
  const rows = regions.flatMap((region) => {
    const own = data.countries.filter((country) => regionOf(country.region) === region);
    const international = total(own, (country) => country.international);
    const known = total(own, (country) => country.internationalKnown);
    return known > 0 ? [{ region: region.name, name: region.short, international, known, share: international / known }] : [];
  });
  return largestFirst(
    rows,
    (row) => row.share,
    (row) => row.name,
  );
}
