import { html } from '../../../drawing/markup';
import { count, percent } from '../../../drawing/numbers';
import type { Country, PageData } from '../../../drawing/page-data';
import { pairedBars } from '../../../drawing/paired-bars';
import { capital, inSentence } from '../../../drawing/place-names';
import { largestFirst, total } from '../../../drawing/sums';
import { figureBlock } from './figure-block';
import { numberId, stepOf } from './number-ids';
import type { Part } from './part';
import type { Table } from './table';

/** The paper's Fig. 4 shows the 30 countries with most clinical articles. */
const usual = 30;

/** Clinical articles: two bars a country, share of the world's and share of its own. */
export function clinicalPart(data: PageData): Part | null {
  const world = total(data.countries, (country) => country.clinical);
  if (world === 0) return null;
  const shown = largestFirst(
    data.countries.filter((country) => country.clinical > 0),
    (country) => country.clinical,
    (country) => country.iso2,
  ).slice(0, data.clinicalCountries ?? usual);
  const block = figureBlock(data, {
    id: 'clinical-by-country',
    title: finding(shown, world),
    subtitle: `Clinical articles of ${shown.length} countries: share of all clinical articles (n = ${count(world)}), and share of the country’s own articles, %`,
    widths: [760, 340],
    table: clinicalTable(shown, world),
    draw: (options) =>
      pairedBars(
        shown.map((country) => ({
          name: country.name,
          left: country.clinical / world,
          right: country.clinical / country.articles,
          ask: id(country),
        })),
        {
          ...options,
          leftLabel: options.width < 500 ? 'of the world’s' : 'Share of all clinical articles',
          rightLabel: options.width < 500 ? 'of its own' : 'Share of the country’s articles',
        },
      ),
  });
  const markup = html`<section aria-labelledby="clinical">
    <h2 id="clinical">Clinical research</h2>
    ${block.markup}
  </section>`;
  return { id: 'clinical', label: 'Clinical', markup, files: block.files };
}

function id(country: Country): string {
  return numberId(stepOf.clinical, { country: country.iso2 }, 'clinical');
}

function clinicalTable(shown: readonly Country[], world: number): Table {
  return {
    columns: [
      { key: 'country', label: 'Country', format: 'text' },
      { key: 'clinical', label: 'Clinical articles', format: 'count' },
      { key: 'share_of_world', label: 'Of all clinical', format: 'percent' },
      { key: 'share_of_country', label: 'Of its own', format: 'percent' },
    ],
    rows: shown.map((country) => [
      { value: country.name },
      { value: country.clinical, ask: id(country) },
      { value: country.clinical / world, ask: id(country) },
      { value: country.clinical / country.articles, ask: id(country) },
    ]),
  };
}

function finding(shown: readonly Country[], world: number): string {
  const [first, second] = shown;
  if (!second) return `All ${count(world)} clinical articles come from ${inSentence(first!.name)}`;
  return `${capital(inSentence(first!.name))} and ${inSentence(second.name)} published ${percent((first!.clinical + second.clinical) / world)} of all ${count(world)} clinical articles`;
}
