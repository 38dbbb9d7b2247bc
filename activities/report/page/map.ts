import { breaksFor, measures, valueOf, type Measure } from '../../../drawing/measures';
import { classLabel, toneOf, type Breaks } from '../../../drawing/classes';
import { drawnPlaces } from '../../../drawing/map/outlines';
import { worldMap, type MapOptions } from '../../../drawing/map/world-map';
import { html, type Content, type Markup } from '../../../drawing/markup';
import { count, plural } from '../../../drawing/numbers';
import type { Country, PageData } from '../../../drawing/page-data';
import { mapFinding } from '../../../drawing/map/finding';
import { largestFirst } from '../../../drawing/sums';
import { figureBlock } from './figure-block';
import { mapControls } from './map-controls';
import { numberId, stepOf } from './number-ids';
import { minimumArticles, sourceLine, type Part, type SiteFile } from './part';
import type { Table } from './table';

const boundaries =
  'Boundaries: Natural Earth 1:110m; they imply no position on any of them. Hatched: share of fewer than 100 articles. Grey: no articles.';

/** Measures that this run has data for. */
export function givenMeasures(data: PageData): Measure[] {
  return measures.filter((measure) => data.countries.some((country) => country[measure.column] > 0));
}

/** World map of articles (paper, Fig. 2), with the controls that the browser brings to life, and the places too small to draw. */
export function mapPart(data: PageData): Part {
  const places = largestFirst(
    data.countries,
    (country) => country.articles,
    (country) => country.iso2,
  );
  const measure = measures[0]!;
  const breaks = breaksFor(measure, places, minimumArticles);
  const block = figureBlock(data, {
    id: 'map',
    title: mapFinding(measure, places, null),
    subtitle: `${measure.subtitle}, ${data.years[0]}–${data.years[1]}`,
    note: boundaries,
    widths: [960],
    table: mapTable(places, measure),
    draw: (options) => worldMap(mapRows(places, measure), { ...mapOptions(measure, breaks), ...options }),
    before: mapControls(data, givenMeasures(data)),
    after: [legend(places, breaks, measure), smallPlaces(places)],
    beside: panel(places),
  });
  const markup = html`<section aria-labelledby="world">
    <h2 id="world">Who publishes</h2>
    ${block.markup}
  </section>`;
  return { id: 'world', label: 'Map', markup, files: [...block.files, ...otherMaps(data, places)] };
}

function mapRows(places: readonly Country[], measure: Measure) {
  return places.map((place) => ({ iso2: place.iso2, name: place.name, value: valueOf(measure, place), n: place.articles }));
}

function mapOptions(measure: Measure, breaks: Breaks): Pick<MapOptions, 'unit' | 'breaks' | 'minimum'> {
  return { unit: measure.unit, breaks, minimum: minimumArticles };
}

function mapTable(places: readonly Country[], measure: Measure): Table {
  return {
    columns: [
      { key: 'country', label: 'Country', format: 'text' },
      { key: 'iso2', label: 'Code', format: 'text' },
      { key: measure.id, label: measure.label, format: measure.unit },
    ],
    rows: places.map((place) => [
      { value: place.name },
      { value: place.iso2 },
      { value: valueOf(measure, place), ask: numberId(stepOf.countryTotals, { country: place.iso2 }, 'articles') },
    ]),
  };
}

function legend(places: readonly Country[], breaks: Breaks, measure: Measure): Markup {
  const total = places.reduce((sum, place) => sum + place.articles, 0);
  const items = breaks.map((_, i) => html`<li><i class="swatch t${toneOf(i, breaks)}"></i>${classLabel(i, breaks, measure.unit)}</li>`);
  return html`<div class="legend">
    <ul data-legend>
      ${items}
    </ul>
    <p data-n>n = ${plural(total, 'article')} in ${plural(places.length, 'country', 'countries')}</p>
  </div>`;
}

function smallPlaces(places: readonly Country[]): Content {
  const drawn = drawnPlaces();
  const small = places.filter((place) => !drawn.has(place.iso2));
  if (small.length === 0) return null;
  const items = small.map(
    (place) =>
      html`<li>
        <button type="button" data-open="${place.iso2}">${place.name} <b data-small="${place.iso2}">${count(place.articles)}</b></button>
      </li>`,
  );
  return html`<div class="small-places">
    <h4>Too small to draw</h4>
    <ul>
      ${items}
    </ul>
  </div>`;
}

function panel(places: readonly Country[]): Markup {
  const options = [...places]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((place) => html`<option value="${place.iso2}">${place.name}</option>`);
  const first = places.slice(0, 10).map((place) => html`<li>${place.name} <b>${count(place.articles)}</b></li>`);
  return html`<aside class="panel" aria-label="Country">
    <label class="pick needs-script"
      >Country
      <select data-country>
        <option value="">Choose, or click the map</option>
        ${options}
      </select></label
    >
    <div data-panel aria-live="polite">
      <h4>Most articles</h4>
      <ol class="ranking">
        ${first}
      </ol>
    </div>
  </aside>`;
}

/** The other measures as files, for readers of the folder: the paper's Fig. 5 among them. */
function otherMaps(data: PageData, places: readonly Country[]): SiteFile[] {
  return givenMeasures(data)
    .filter((measure) => measure.id === 'high-ranked')
    .map((measure) => {
      const title = mapFinding(measure, places, minimumArticles);
      const caption = { title, subtitle: measure.subtitle, source: `${sourceLine(data)}. ${boundaries}` };
      const breaks = breaksFor(measure, places, minimumArticles);
      const text = worldMap(mapRows(places, measure), {
        id: `map-${measure.id}`,
        title,
        description: measure.subtitle,
        caption,
        ...mapOptions(measure, breaks),
      });
      return { path: `figures/map-${measure.id}.svg`, text };
    });
}
