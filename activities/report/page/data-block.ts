import { html, Markup } from '../../../drawing/markup';
import type { PageData } from '../../../drawing/page-data';
import type { PackedCountry, SiteData } from '../../../drawing/site-data';
import { givenMeasures } from './map';
import { minimumArticles } from './part';

/** The data the browser code needs, as a JSON block inside the page: a page from disk cannot fetch. */
export function dataBlock(data: PageData): Markup {
  const packed: SiteData = {
    study: data.study,
    years: data.years,
    minimum: minimumArticles,
    countries: data.countries.map((country): PackedCountry => [
      country.iso2,
      country.name,
      country.region,
      country.byYear.map((row) => [row.year, row.articles, row.highRanked, row.clinical, row.international, row.citations]),
    ]),
    measures: givenMeasures(data).map((measure) => measure.id),
    steps: data.steps,
  };
  return html`<script type="application/json" id="atlas-data">
    ${inScript(JSON.stringify(packed))}
  </script>`;
}

/** JSON that cannot end its script element, whatever the text in it. */
function inScript(json: string): Markup {
  return new Markup(
    json
      .replace(/</g, '\\u003c')
      .replace(/\u2028/g, '\\u2028')
      .replace(/\u2029/g, '\\u2029'),
  );
}
