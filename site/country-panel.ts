import { countrySeries } from '../drawing/country-series';
import { html, Markup } from '../drawing/markup';
import { count, plural, said } from '../drawing/numbers';
import { measures, valueOf } from '../drawing/measures';
import { regionOf } from '../drawing/regions';
import { placesIn, type Atlas, type Shown } from './data';
import { part, parts } from './page';

/** The panel of one country: rank, series, shares. Opened from the map, the list of small places, or the select. */
export function addPanel(atlas: Atlas): void {
  const select = part('[data-country]', HTMLSelectElement);
  const body = part('[data-panel]', HTMLElement);
  const resting = body.innerHTML;
  const open = (code: string) => {
    select.value = code;
    for (const area of parts('#map .areas path', SVGPathElement)) area.classList.toggle('open', code !== '' && area.dataset.iso === code);
    body.innerHTML = panelText(atlas, code) ?? resting;
  };
  select.addEventListener('change', () => open(select.value));
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement | SVGElement>('#map [data-iso], [data-open]') : null;
    const code = target?.dataset.iso ?? target?.dataset.open;
    if (code !== undefined) open(code);
  });
}

function panelText(atlas: Atlas, code: string): string | null {
  const places = placesIn(atlas, atlas.years[1], true);
  const place = places.find((candidate) => candidate.iso2 === code);
  const series = atlas.places.find((candidate) => candidate.iso2 === code)?.byYear;
  if (!place || !series)
    return code === ''
      ? null
      : html`<h4>${code}</h4>
          <p>No articles in this study.</p>`.text;
  const id = `atlas/country-totals?country=${code}#`;
  const chart = countrySeries(series, {
    id: 'panel',
    width: 260,
    years: atlas.years,
    title: `Articles of ${place.name} by year`,
    description: 'Number of articles',
  });
  return html`<h4>${place.name}</h4>
    <p class="small-print">${regionOf(place.region).short} · ${rank(places, place)}</p>
    <p class="panel-number"><a class="n" href="#made" data-ask="${id}articles">${count(place.articles)}</a> articles</p>
    ${new Markup(chart)}
    <dl class="panel-list">${shares(atlas, place, id)}</dl>`.text;
}

function rank(places: readonly Shown[], place: Shown): string {
  const above = places.filter((other) => other.articles > place.articles).length;
  const filled = places.filter((other) => other.articles > 0).length;
  return `rank ${above + 1} of ${plural(filled, 'country', 'countries')} by articles`;
}

function shares(atlas: Atlas, place: Shown, id: string): Markup[] {
  const given = measures.filter((measure) => measure.unit !== 'count' && atlas.measures.includes(measure.id));
  return given.map((measure) => {
    const value = valueOf(measure, place);
    const few = place.articles < atlas.minimum ? html` <span class="muted">few articles</span>` : null;
    const text = value === null ? '–' : said(value, measure.unit);
    return html`<div>
      <dt>${measure.label}</dt>
      <dd><a class="n" href="#made" data-ask="${id}${columns[measure.column]}">${text}</a>${few}</dd>
    </div>`;
  });
}

/** Column names of the tables, as number ids want them. */
const columns = {
  articles: 'articles',
  highRanked: 'high_ranked',
  clinical: 'clinical',
  international: 'international',
  citations: 'citations',
} as const;
