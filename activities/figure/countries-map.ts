import { mapFinding } from '../../drawing/map/finding';
import { worldMap } from '../../drawing/map/world-map';
import { breaksFor, measures } from '../../drawing/measures';
import countryTotals from '../atlas/country-totals';
import { figureColumns, sourceOf, toCsv } from '../reading/figure';
import { step } from '../step';

export default step({
  id: 'figure/countries-map',
  doc: 'World map of articles by country of the lead author (paper, Fig. 2), with its source data',
  inputs: { countries: countryTotals },
  params: ({ world, rank }) => ({ world: world.kind, minimum: rank.minCountry }),
  output: figureColumns,
  async run({ params, inputs, write }) {
    const places = [];
    for await (const row of inputs.countries.rows()) {
      places.push({
        iso2: row.country!,
        name: row.name!,
        region: row.region,
        articles: row.articles!,
        highRanked: row.high_ranked!,
        clinical: row.clinical!,
        international: row.international!,
        internationalKnown: row.international_known!,
        citations: row.citations ?? 0,
      });
    }
    if (places.length === 0) return;
    const measure = measures[0]!;
    const breaks = breaksFor(measure, places, params.minimum);
    const title = mapFinding(measure, places, null);
    const options = { id: 'countries-map', unit: measure.unit, breaks, minimum: params.minimum, title, description: measure.subtitle };
    const caption = { title, subtitle: measure.subtitle, source: sourceOf(params.world) };
    const rows = places.map((place) => ({ iso2: place.iso2, name: place.name, value: place.articles, n: place.articles }));
    const csv = places.map(({ iso2, name, region, articles }) => ({ iso2, name, region, articles }));
    write([{ name: options.id, svg: worldMap(rows, { ...options, caption }), csv: toCsv(csv, params.world) }]);
  },
});
